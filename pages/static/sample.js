/** Finds a role among many as one types, with diacritics or without. */

const field = document.querySelector("[data-search]");
const plain = (words) =>
  words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const roles = [...document.querySelectorAll("[data-words]")].map((role) => [role, plain(role.dataset.words)]);

field.addEventListener("input", () => {
  const wanted = plain(field.value).split(/\s+/).filter(Boolean);
  for (const [role, words] of roles) role.hidden = !wanted.every((word) => words.includes(word));
  for (const group of document.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("li:not([hidden])");
  document.querySelector("[data-none]").hidden = roles.some(([role]) => !role.hidden);
});
