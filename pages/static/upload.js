/** Says before sending what is too much, and while sending how much has left; without it the form works by itself. */

const form = document.querySelector("[data-upload]");
const button = form?.querySelector("button");
const complaint = form?.querySelector("[data-complaint]");
const label = button?.textContent;

function complain(words) {
  complaint.textContent = words;
  complaint.hidden = !words;
  if (words) complaint.scrollIntoView({ block: "center" });
}

function chosen() {
  return [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
}

function isTooMuch(files) {
  const { files: most, each, together } = form.dataset;
  const sizes = files.map((file) => file.size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return !files.length || files.length > most || Math.max(...sizes) > each || all > together;
}

function rest(words = "") {
  button.removeAttribute("aria-busy");
  button.textContent = label;
  button.disabled = false;
  complain(words);
}

function send(files) {
  const body = new FormData();
  for (const file of files) body.append("files", file);
  body.append("text", form.elements.text.value);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => {
    button.textContent = `${button.dataset.working} ${Math.floor((100 * loaded) / total)}%`;
  };
  request.onload = () => {
    if (request.status < 300) location.replace(form.action);
    else rest(request.response?.message ?? form.dataset.failed);
  };
  request.onerror = () => rest(form.dataset.failed);
  request.send(body);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (button.disabled) return;
  const files = chosen();
  if (isTooMuch(files)) {
    complain(form.querySelector("[data-limits]").textContent);
    return;
  }
  complain("");
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.working;
  send(files);
});
