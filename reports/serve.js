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
