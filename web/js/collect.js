// The page /collect/phone: asks a village's people without a network. Texts and forms come from the page's templates; the
// households and the outbox from kept.js. Nothing here decides: the server checks every item again.
import { keep } from "./kept.js";
import { idNumber, phone } from "./check.js";

const root = document.getElementById("collect"), view = root.querySelector("[data-view]");
const week = 7 * 24 * 3600e3, batch = 20;
const say = (key, ...values) => (words[key] ?? key).replace(/\{(\d)\}/g, (_, i) => values[i] ?? "");
const words = Object.fromEntries([...document.getElementById("t-words").content.children].map((p) => [p.dataset.k, p.textContent]));
const state = (name) => root.querySelector(`[data-state="${name}"]`);
let kept, village, editing, waits = [], gone = [];

// draw makes a piece of the page: fields are texts, hrefs links, slots lists of pieces; data-if hides what has no value.
function draw(id, fields = {}, { hrefs = {}, slots = {}, when = fields } = {}) {
  const piece = document.getElementById("t-" + id).content.firstElementChild.cloneNode(true);
  const each = (name, work) => [piece, ...piece.querySelectorAll(`[data-${name}]`)].forEach((el) => el.dataset[name] !== undefined && work(el, el.dataset[name]));
  each("f", (el, f) => { el.textContent = fields[f] ?? ""; });
  each("href", (el, f) => { el.href = hrefs[f]; });
  each("if", (el, f) => { el.hidden = !when[f]; });
  each("slot", (el, f) => el.replaceChildren(...(slots[f] || []))); // last: the pieces are drawn already
  return piece;
}

// today is the server's day: that of the download plus the days since.
const today = () => { const d = new Date(village.today + "T00:00:00Z"); d.setUTCDate(d.getUTCDate() + Math.floor((Date.now() - village.at) / 864e5)); return d.toISOString().slice(0, 10); };

// Who was asked on this phone since the download, sent or not.
const askedHere = () => { const on = {}; for (const { item, state } of [...gone, ...waits]) if (item.kind === "need" && state !== "theirs") on[item.person] = item.asked; return on; };

function homeOf(h, here) {
  const wanted = h.members.filter((m) => m.wanted), on = (m) => here[m.id] || m.asked || "";
  const asked = wanted.filter((m) => on(m) >= village.since).length, last = h.members.map(on).sort().at(-1) || "";
  const group = asked === wanted.length ? 2 : last ? 1 : 0;
  const note = !wanted.length ? say("home.none", h.members.length) : group === 2 ? say("home.done", wanted.length, last) : last ? say("home.left", wanted.length - asked, wanted.length, last) : say("home.never", h.members.length, wanted.length);
  return { ...h, wanted: wanted.length, asked, last, group, note, head: h.members[0]?.name || "—" };
}

const pages = {
  "": () => {
    if (!village) { const form = draw("none"); form.querySelector("input").value = location.hash.slice(1).match(/^\d{12}$/)?.[0] || root.dataset.village; return form; }
    const here = askedHere(), homes = village.households.map((h) => homeOf(h, here)).sort((a, b) => a.group - b.group || a.last.localeCompare(b.last));
    const groups = [0, 1, 2].map((g) => [g, homes.filter((h) => h.group === g)]).filter(([, list]) => list.length).map(([g, list]) => draw("group", { head: `${say("group." + g)}　${list.length}` },
      { slots: { rows: list.map((h) => draw("row", { name: say("home", h.head), note: h.note }, { hrefs: { to: "#h/" + h.id } })) } }));
    const sum = (name) => homes.reduce((n, h) => n + h[name], 0);
    return draw("list", { name: village.name, progress: say("phone.progress", sum("asked"), sum("wanted")), taken: say("phone.taken", village.today, homes.length) },
      { hrefs: { new: "#new" }, slots: { groups } });
  },
  h: (id) => {
    const here = askedHere(), h = village?.households.find((one) => one.id === id);
    if (!h) return pages[""]();
    const rows = h.members.map((m) => { const on = here[m.id] || m.asked; return draw("row", { name: m.name, note: `${m.relation}　${say("years", m.age)}　${m.number}　${on ? say("asked", on) : say(m.wanted ? "never" : "notWanted")}` }, { hrefs: { to: "#p/" + m.id } }); });
    const page = draw("household", { name: say("home", h.members[0]?.name || "—") }, { hrefs: { back: "#" }, slots: { rows } });
    page.querySelector("[name=visited]").value = today();
    return page;
  },
  p: (id) => {
    const h = village?.households.find((one) => one.members.some((m) => m.id === id)), m = h?.members.find((one) => one.id === id);
    if (!m) return pages[""]();
    const page = draw("person", { name: m.name, facts: `${m.number}　${m.relation}　${say("years", m.age)}`, last: m.asked && say("last", m.asked, m.by) }, { hrefs: { back: "#h/" + h.id },
      slots: { pairs: (m.rows || []).flatMap(([k, v]) => [["dt", k], ["dd", v]]).map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })) } });
    page.querySelector("[name=asked]").value = today();
    return page;
  },
  new: () => {
    if (!village) return pages[""]();
    const page = draw("new", {}, { hrefs: { back: "#" } });
    page.querySelector("[name=met]").value = today();
    return page;
  },
  outbox: () => draw("outbox", { empty: waits.length + gone.length ? "" : say("phone.none") }, { hrefs: { back: "#" }, slots: { rows: [...waits, ...gone.toReversed()].map(entry) } }),
};

function entry(e) {
  const rows = e.theirs && e.state === "conflict" ? [draw("both", { theirs: say("phone.byWhom", e.theirs.by, e.theirs.on) }, { slots: { rows: e.theirs.rows.map((r) => draw("bothrow", { label: r.label, mine: r.mine || "—", theirs: r.theirs || "—" })) } })] : [];
  const li = draw("item", { name: say("phone.kind." + e.item.kind, e.label), state: say("phone.state." + e.state), asked: e.item.asked, reason: e.reason || e.found },
    { slots: { both: rows }, when: { reason: e.reason || e.found, refused: e.state === "refused", conflict: e.state === "conflict" } });
  li.dataset.key = e.key;
  return li;
}

function show() {
  const [name, id] = location.hash.slice(1).split("/");
  view.replaceChildren((pages[name] || pages[""])(id));
  if (editing) editing = refill(editing);
}

function bar() {
  const open = waits.filter((e) => e.state === "waiting").length, stuck = waits.length - open;
  state("net").textContent = say(navigator.onLine ? "phone.online" : "phone.offline");
  state("box").textContent = waits.length ? say("phone.waiting", open) + (stuck ? say("phone.toSend", stuck) : "") : say("phone.nothing");
  root.querySelector("[data-act=send]").hidden = !open;
  root.dataset.waiting = open;
  root.dataset.stuck = stuck;
}

const trouble = (text) => { state("trouble").hidden = !text; state("trouble").textContent = text || ""; };

async function load() {
  [waits, gone] = [await kept.outbox(), await kept.sent()];
  const all = await kept.villages();
  village = all.find((v) => v.village === location.hash.slice(1)) || all.find((v) => v.village === village?.village) || all[0];
  if (village && Date.now() - village.at > week) { await kept.dropVillage(village.village); village = undefined; trouble(say("phone.expired")); }
  bar();
}

const ask = async (path, init = {}) => {
  const answer = await fetch(path, { ...init, headers: { Accept: "application/json", ...init.headers } });
  state("signin").hidden = answer.status !== 401;
  if (answer.status === 401) throw new Error(say("phone.signin"), { cause: "signin" });
  const body = await answer.json();
  if (!answer.ok) throw new Error(say("phone.failed", body.detail));
  return body;
};

// send sends what waits, in order, one batch after the other. One tab does it at a time.
const send = () => navigator.locks.request("jiuye-collect-send", async () => {
  let arrived = 0;
  for (;;) {
    waits = await kept.outbox();
    const part = waits.filter((e) => e.state === "waiting").slice(0, batch);
    if (!part.length || !navigator.onLine) { if (arrived) trouble(""); break; }
    let body;
    try {
      body = await ask("/collect/api/submit", { method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
        body: JSON.stringify({ user: root.dataset.user, items: part.map((e) => e.item) }) });
    } catch (failure) {
      trouble(failure instanceof TypeError || failure instanceof SyntaxError ? "" : failure.message); // no network is no trouble
      break;
    }
    const results = new Map(body.results.map((r) => [r.key, r])), before = arrived;
    for (const e of part) {
      const r = results.get(e.key);
      if (!r) continue;
      const told = { ...e, state: r.result, reason: r.reason, theirs: r.theirs, found: r.found };
      if (r.result === "saved" || r.result === "repeated") await kept.arrived(told); else await kept.put(told);
      arrived++;
    }
    if (arrived === before) break;
  }
  [waits, gone] = [await kept.outbox(), await kept.sent()];
  bar();
  if (arrived && /^#?(outbox)?$/.test(location.hash)) show(); // never under somebody's hands
});

const take = async (code) => {
  const data = await ask("/collect/api/village/" + encodeURIComponent(code));
  await navigator.storage?.persist?.();
  await kept.setVillage({ ...data, at: Date.now() });
  await kept.clearSent();
  village = { village: data.village };
  await load();
  location.hash = "";
  show();
};

// wrongIn says what a phone can tell is wrong with a form.
function wrongIn(kind, a) {
  if (kind === "new") {
    if (!a.name) return say("wrong.name");
    if (!a.idnumber && !a.tel) return say("wrong.either");
    const bad = a.idnumber && idNumber(a.idnumber);
    if (bad) return say("phone.badNumber." + bad[0], bad[1]);
  }
  if (kind === "visit" && !a.headcount && !a.visit_note) return say("wrong.visit");
  if (kind === "need" && !Object.entries(a).some(([name, v]) => v && name !== "source")) return say("wrong.empty");
  for (const name of ["tel", "phone"]) if (a[name] && !phone(a[name])) return say("phone.badPhone", a[name]);
}

async function keepForm(form) {
  const kind = form.dataset.form, answers = {}, [, id] = location.hash.slice(1).split("/");
  for (const [name, v] of new FormData(form)) if (!name.startsWith("_") && v.trim()) answers[name] = v.trim();
  const asked = answers.asked || answers.visited || answers.met;
  for (const name of ["asked", "visited", "met"]) delete answers[name];
  const wrong = wrongIn(kind, answers), told = form.querySelector("[data-wrong]");
  told.hidden = !wrong;
  told.textContent = wrong || "";
  if (wrong) return told.scrollIntoView({ block: "center" });
  const again = waits.find((e) => e.key === form.dataset.again), key = again?.key || crypto.randomUUID(), item = { key, kind, asked, answers };
  let label = answers.name, back = "";
  if (kind === "need") {
    const m = village.households.flatMap((h) => h.members).find((one) => one.id === id);
    Object.assign(item, { person: id, seen: m.seen || "" });
    label = m.name;
    back = "h/" + village.households.find((h) => h.members.includes(m)).id;
  } else if (kind === "visit") {
    item.household = id;
    label = say("home", village.households.find((h) => h.id === id).members[0]?.name || "—");
  } else item.area = village.village;
  await kept.put({ key, n: again?.n || Date.now(), state: "waiting", item, label });
  await load();
  location.hash = back;
  show();
  trouble("");
  state("box").textContent = say("phone.saved");
  send();
}

// edit opens a refused item in its form again; refill puts in what was typed.
const edit = (e) => { editing = e; location.hash = { need: "p/" + e.item.person, visit: "h/" + e.item.household, new: "new" }[e.item.kind]; };

function refill(e) {
  const form = view.querySelector(`form[data-form="${e.item.kind}"]`);
  if (!form) return trouble(say("phone.expired"));
  form.dataset.again = e.key;
  for (const [name, v] of Object.entries({ ...e.item.answers, [{ need: "asked", visit: "visited", new: "met" }[e.item.kind]]: e.item.asked }))
    for (const field of form.querySelectorAll(`[name="${name}"]`)) if (/radio|checkbox/.test(field.type)) field.checked = field.value === v; else field.value = v;
}

const acts = {
  send, edit,
  retake: () => take(village.village),
  drop: (e) => kept.drop(e.key),
  mine: (e) => kept.put({ ...e, state: "waiting", theirs: undefined, item: { ...e.item, over: e.theirs.key } }),
  theirs: (e) => kept.arrived({ ...e, state: "theirs" }),
};

async function start() {
  if (!("serviceWorker" in navigator) || !crypto.subtle || !navigator.locks) return trouble(say("phone.tooFew"));
  kept = await keep(root.dataset.user);
  await load();
  show();
  root.dataset.ready = "1";
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const form = event.target;
    try { await (form.dataset.form === "take" ? take(form.elements.code.value.trim()) : keepForm(form)); } catch (failure) { trouble(failure instanceof TypeError ? say("phone.offline") : failure.message); }
  });
  root.addEventListener("click", async (event) => {
    const name = event.target.closest("[data-act]")?.dataset.act, key = event.target.closest("[data-key]")?.dataset.key;
    if (!name) return;
    try { await acts[name](waits.find((e) => e.key === key)); } catch (failure) { return trouble(failure instanceof TypeError ? say("phone.offline") : failure.message); }
    if (!key || name === "edit") return;
    await load();
    show();
    send();
  });
  addEventListener("hashchange", () => { show(); scrollTo(0, 0); });
  for (const event of ["online", "offline"]) addEventListener(event, () => { bar(); send(); });
  setInterval(() => waits.some((e) => e.state === "waiting") && send(), 30e3);
  const worker = await navigator.serviceWorker.register("/collect/sw.js", { scope: "/collect" });
  worker.active?.postMessage("refresh");
  await navigator.serviceWorker.ready;
  root.dataset.worker = "1";
  send();
}

start().catch((failure) => trouble(failure.name === "OperationError" ? say("phone.sealed") : failure.message));
