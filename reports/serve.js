// While a job waits or is at work, what is said of it comes anew every few seconds; the page itself when that changes.
"use strict";
const often = 5000;
async function again() {
  const here = document.querySelector("[data-live]");
  if (!here) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-live]");
    if ((answer.ok || answer.status === 404) && here.dataset.live !== there?.dataset.live) return location.reload();
    if (there && there.innerHTML !== here.innerHTML) here.replaceChildren(...there.childNodes);
  } catch {} // the server is away: the next time tells
  setTimeout(again, often);
}
setTimeout(again, often);
// A question that is changed: its sliders and fields go together, the address holds it, and theory says what it expects.
const question = document.querySelector("[data-question]");
const pause = 250;
let waiting, asking;
function asked() {
  const typed = [...new FormData(question)].filter(([name, value]) => value.trim() && name !== "estimate");
  return new URLSearchParams(typed).toString();
}
function hold(query) {
  history.replaceState(null, "", `${question.action}?${query}`);
  document.getElementById("link").href = `${question.action}?${query}`;
  const other = document.querySelector("header .language");
  other.href = `/${other.lang}/new?${query}`;
}
async function estimate() {
  const place = document.getElementById("estimate");
  asking?.abort();
  asking = new AbortController();
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${question.dataset.estimate}?${asked()}`, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
    place.removeAttribute("aria-busy");
  } catch {} // a later one is asked for, or the server is away
}
function changed() {
  hold(asked());
  clearTimeout(waiting);
  waiting = setTimeout(estimate, pause);
}
if (question) {
  for (const range of question.querySelectorAll("[data-of]")) {
    const field = document.getElementById(range.dataset.of);
    range.hidden = false;
    range.addEventListener("input", () => { field.value = range.value; });
    field.addEventListener("input", () => { range.value = field.value || field.placeholder; });
  }
  question.addEventListener("input", (event) => { if (event.target.id !== "word") changed(); });
  document.getElementById("scenario").addEventListener("change", () => question.requestSubmit());
  if (location.pathname !== new URL(question.action).pathname) hold(asked()); // a form was refused: this is where it was sent
  estimate();
}
