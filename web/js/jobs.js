// The room jobs on a phone: completes what is typed, keeps the last results, and keeps an application that is made without a
// signal until it can be sent, once. Nothing here decides: the server checks every application again.
import { keep } from "./kept.js";

const app = document.getElementById("jobs-app") || document.getElementById("jobs-phone");
const phone = document.getElementById("jobs-phone"), user = app?.dataset.user;
const words = Object.fromEntries([...(document.getElementById("t-words")?.content.children || [])].map((p) => [p.dataset.k, p.textContent]));
const say = (key, ...values) => (words["jobs.phone." + key] ?? words[key] ?? "").replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
let kept;

// What is being typed is completed from the trade's words.
const box = document.querySelector("[data-suggest]");
if (box) {
  let last = 0;
  box.addEventListener("input", async (event) => {
    if (event.inputType === "insertReplacementText" || !box.value) return; // chosen from the list
    const mine = ++last;
    try {
      const answer = await fetch(box.dataset.suggest + "?q=" + encodeURIComponent(box.value));
      const list = answer.ok ? await answer.json() : [];
      if (mine === last) box.list.replaceChildren(...list.map((it) => Object.assign(document.createElement("option"), { value: it.text, label: it.name })));
    } catch { /* without a signal nothing is completed */ }
  });
}

// The results on the screen, as they are shown to everybody: no reasons, no states.
function results() {
  return [...document.querySelectorAll("#rows [data-job]")].slice(0, 60).map((li) => {
    const [unit, work] = li.querySelectorAll("p.jy-muted");
    return { id: li.dataset.job, title: li.querySelector("h2").textContent.trim(), pay: li.querySelector("b").textContent.trim(), unit: unit?.textContent.trim(), work: work?.textContent.trim() };
  });
}

// post sends one application; the key makes a second time nothing.
async function post(e) {
  const body = new URLSearchParams({ _once: e.key, note: e.item.note || "" });
  const answer = await fetch(`/jobs/vacancy/${e.item.vacancy}/apply`, { method: "POST", body, headers: { Accept: "application/problem+json" }, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.ok) return "";
  if (answer.status === 401) throw new Error(say("signin"));
  if (answer.status >= 500) throw new TypeError("later");
  return (await answer.json().catch(() => ({}))).detail || String(answer.status);
}

async function send() {
  if (!kept || !navigator.onLine) return;
  await navigator.locks.request("jiuye-jobs-send", async () => {
    for (const e of await kept.outbox()) {
      if (e.state !== "waiting") continue;
      try {
        const wrong = await post(e);
        if (wrong) await kept.put({ ...e, state: "refused", wrong });
        else await kept.arrived({ ...e, state: "sent" });
      } catch (failure) {
        if (!(failure instanceof TypeError)) trouble(failure.message);
        break; // no signal: later
      }
    }
  });
  await draw();
}

const state = (name) => phone?.querySelector(`[data-state="${name}"]`);
function trouble(text) { const it = state("trouble"); if (it) { it.textContent = text; it.hidden = !text; } }

const make = (tag, text, set = {}) => Object.assign(document.createElement(tag), { textContent: text, ...set });

async function queue(vacancy, title, note) {
  if ((await kept.outbox()).some((e) => e.item.vacancy === vacancy && e.state === "waiting")) return;
  await kept.put({ key: crypto.randomUUID(), n: Date.now(), state: "waiting", item: { vacancy, note }, label: title });
}

async function draw() {
  if (!phone) return;
  const waits = kept ? await kept.outbox() : [], last = (kept ? await kept.villages() : [])[0];
  state("net").textContent = say(navigator.onLine ? "online" : "offline");
  const n = waits.filter((e) => e.state === "waiting").length;
  state("box").textContent = n ? say("waiting", n) : say("nothing");
  state("out").hidden = !waits.length;
  phone.querySelector('[data-slot="out"]').replaceChildren(...waits.map((e) => {
    const li = make("li", "", { className: "jy-list__row" }), text = make("span", e.label + (e.wrong ? "：" + say("failed", e.wrong) : ""));
    const drop = make("button", say("drop"), { type: "button", className: "jy-btn jy-btn--2 jy-btn--s", onclick: async () => { await kept.drop(e.key); draw(); } });
    li.append(text, drop);
    return li;
  }));
  state("as").textContent = last ? say("as", new Date(last.at).toLocaleString()) : say("none");
  phone.querySelector('[data-slot="jobs"]').replaceChildren(...(last?.jobs || []).map((job) => {
    const li = make("li", "", { className: "jy-card jy-offer" }), top = make("div", "", { className: "jy-offer__top" }), h2 = document.createElement("h2");
    h2.append(make("a", job.title, { href: "/jobs/vacancy/" + job.id }));
    top.append(h2, make("b", job.pay));
    li.append(top, make("p", job.unit || "", { className: "jy-muted" }), make("p", job.work || "", { className: "jy-muted" }));
    const on = waits.find((e) => e.item.vacancy === job.id && e.state === "waiting");
    if (on) li.append(make("p", say("queued"), { className: "jy-okText" }));
    else if (user) {
      const apply = make("button", say("apply"), { type: "button", className: "jy-btn jy-btn--2 jy-btn--s", onclick: async () => { await queue(job.id, job.title, ""); await draw(); send(); } });
      apply.dataset.queue = job.id;
      li.append(apply);
    }
    return li;
  }));
}

async function start() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/jobs/app.webmanifest" }));
  if (!("serviceWorker" in navigator) || !crypto.subtle || !navigator.locks) return;
  kept = await keep("jobs-" + (user || "guest"));
  const jobs = results();
  if (jobs.length) await kept.setVillage({ village: "results", at: Date.now(), jobs });
  await draw();
  document.addEventListener("submit", async (event) => {
    const vacancy = event.target.dataset?.apply;
    if (!vacancy || navigator.onLine || !user) return;
    event.preventDefault();
    const title = event.target.closest("[data-job]")?.querySelector("h2").textContent.trim() || document.querySelector("h1").textContent.trim();
    await queue(vacancy, title, event.target.elements.note?.value || "");
    location.href = "/jobs/phone";
  }, true);
  addEventListener("online", () => send().catch(() => {}));
  for (const event of ["online", "offline"]) addEventListener(event, draw);
  const worker = await navigator.serviceWorker.register("/jobs/sw.js", { scope: "/jobs" });
  worker.active?.postMessage("refresh");
  await navigator.serviceWorker.ready;
  app.dataset.worker = "1";
  await send();
}

if (app) start().catch((failure) => trouble(failure.message));
