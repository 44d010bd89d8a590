/** Shows the code in groups of four while it is typed or pasted. */

const field = document.querySelector("[data-code]");

function group() {
  const before = field.value.slice(0, field.selectionStart ?? field.value.length).replace(/\D/g, "").length;
  field.value = field.value.replace(/\D/g, "").slice(0, 12).replace(/(\d{4})(?=\d)/g, "$1 ");
  const caret = before + Math.floor(Math.max(0, before - 1) / 4);
  field.setSelectionRange(caret, caret);
}

field?.addEventListener("input", group);
if (field?.value) group();
