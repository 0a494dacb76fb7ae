// What scripts add: nothing here is needed to read, ask, file or decide.
import "htmx.org/dist/htmx.js";
import { forget } from "./kept.js";

const $$ = (selector, from = document) => from.querySelectorAll(selector);

// A page with errors puts the keyboard at their summary.
$$("[data-focus]").forEach((it) => it.focus());

// On a phone the menu may be longer than the screen: the current entry comes into sight.
const here = document.querySelector(".jy-mast nav [aria-current]"), strip = here?.closest("nav");
if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;

// A link of the error summary goes to its field, with the label in sight.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".govuk-error-summary a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".govuk-form-group") || field).scrollIntoView();
  field.focus({ preventScroll: true });
});

// A form goes out once. The server holds to that as well.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000); // a form that answers with a file leaves the page where it is
});
addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => delete form.dataset.sent));

// A file that is too large is told before it travels.
document.addEventListener("change", (event) => {
  const input = event.target, most = Number(input.dataset?.most);
  if (!most || !input.files) return;
  let size = 0;
  for (const file of input.files) size += file.size;
  input.setCustomValidity(size > most ? input.dataset.tooLarge : "");
  input.reportValidity();
});

// The next page of a list is added below it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.('#paging a[rel="next"]');
  const rows = document.getElementById("rows");
  if (!link || !rows || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const more = page.getElementById("rows");
    if (!answer.ok || !more) throw answer;
    const first = more.firstElementChild;
    rows.append(...more.childNodes);
    document.getElementById("paging").replaceWith(page.getElementById("paging"));
    first?.querySelector("a, button")?.focus({ preventScroll: true });
  } catch {
    location.href = link.href;
  }
});

// Whoever signs out leaves nothing of a village on the phone; what waits to be sent stays sealed for the next time.
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") !== "/signout" || !window.indexedDB) return;
  event.preventDefault();
  forget().finally(() => event.target.submit());
});

// A decision by keys: 1 to 9 choose, Enter confirms.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("form[data-keys]"), at = event.target;
  if (!form || event.ctrlKey || event.metaKey || event.altKey || at.matches?.('input:not([type="radio"]), select, textarea') || at.closest?.("a, button")) return;
  const choice = /^[1-9]$/.test(event.key) && form.querySelectorAll(`input[type="radio"][name="${form.dataset.keys}"]`)[event.key - 1];
  if (choice) {
    choice.checked = true;
    choice.focus();
    event.preventDefault();
  } else if (event.key === "Enter" && at.type !== "radio") form.requestSubmit();
});
