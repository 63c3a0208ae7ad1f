"use strict";
const form = document.querySelector("form");
const rows = [...document.querySelectorAll("details.row")];
const count = document.querySelector("#count");

function matches(row, wanted) {
  const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
  const text = row.textContent.toLowerCase();
  return (!wanted.kind || row.dataset.kind === wanted.kind)
    && (!wanted.failure || wanted.failure === "any" && row.dataset.failure !== ""
      || row.dataset.failure === wanted.failure)
    && (!wanted.change || row.dataset.change.split(" ").includes(wanted.change))
    && (!wanted.tag || row.dataset.tags.split("\u001f").includes(wanted.tag))
    && words.every(word => text.includes(word));
}

function filter() {
  const wanted = Object.fromEntries(new FormData(form));
  let shown = 0;
  for (const row of rows) {
    row.hidden = !matches(row, { change: "", tag: "", failure: "", ...wanted });
    shown += !row.hidden;
  }
  count.textContent = `${shown} of ${rows.length} questions`;
  const kept = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, "", "#" + kept);
}

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  if (form.elements[name]) form.elements[name].value = value;
}
form.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
filter();
