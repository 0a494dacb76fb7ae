// What the phone keeps for one account: villages taken along, the outbox, what was sent. Everything but keys and states is
// sealed (AES-GCM) with a key of this browser that no script can read out. See docs/decisions/0012.
const NAME = "jiuye-collect-";
const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
const ended = (tx) => new Promise((yes, no) => { tx.oncomplete = yes; tx.onerror = tx.onabort = () => no(tx.error); });

const opened = (name) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const store of ["meta", "village"]) request.result.createObjectStore(store);
    for (const store of ["outbox", "sent"]) request.result.createObjectStore(store, { keyPath: "key" });
  };
  return done(request);
};

export async function keep(user) {
  const db = await opened(NAME + user);
  const all = (store) => done(db.transaction(store).objectStore(store).getAll());
  let secret = await done(db.transaction("meta").objectStore("meta").get("secret"));
  if (!secret) {
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const tx = db.transaction("meta", "readwrite"), meta = tx.objectStore("meta");
    meta.add(made, "secret").onerror = (event) => event.preventDefault(); // another tab was faster
    await new Promise((yes) => { tx.oncomplete = tx.onabort = yes; });
    secret = await done(db.transaction("meta").objectStore("meta").get("secret"));
  }
  const seal = async (value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, new TextEncoder().encode(JSON.stringify(value))) };
  };
  const unseal = async ({ iv, data }) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, secret, data)));
  const write = async (stores, work) => { const tx = db.transaction(stores, "readwrite", { durability: "strict" }); work(tx); await ended(tx); };
  const list = async (store) => (await Promise.all((await all(store)).map(async (row) => ({ ...row, ...(await unseal(row.body)) })))).sort((a, b) => a.n - b.n);

  return {
    villages: async () => Promise.all((await all("village")).map(unseal)),
    setVillage: async (v) => { const body = await seal(v); await write(["village"], (tx) => { const all = tx.objectStore("village"); all.clear(); all.put(body, v.village); }); }, // one at a time
    dropVillage: (code) => write(["village"], (tx) => tx.objectStore("village").delete(code)),
    outbox: () => list("outbox"),
    sent: () => list("sent"),
    // put adds or changes one entry of the outbox: {key, n, state, item, label, …}.
    put: async ({ key, n, state, ...rest }) => { const body = await seal(rest); await write(["outbox"], (tx) => tx.objectStore("outbox").put({ key, n, state, body })); },
    drop: (key) => write(["outbox"], (tx) => tx.objectStore("outbox").delete(key)),
    // arrived moves an entry from the outbox to what was sent, at once or not at all.
    arrived: async ({ key, n, state, ...rest }) => {
      const body = await seal(rest);
      await write(["outbox", "sent"], (tx) => { tx.objectStore("outbox").delete(key); tx.objectStore("sent").put({ key, n, state, body }); });
    },
    clearSent: () => write(["sent"], (tx) => tx.objectStore("sent").clear()),
  };
}

// forget drops at sign-out what was taken along and what was sent, of every account. What waits to be sent stays, sealed.
export async function forget() {
  for (const cache of ["jiuye-collect", "jiuye-jobs"]) await globalThis.caches?.delete(cache);
  for (const { name } of (await indexedDB.databases?.()) || []) {
    if (!name.startsWith(NAME)) continue;
    const db = await opened(name), tx = db.transaction(["village", "sent"], "readwrite");
    tx.objectStore("village").clear();
    tx.objectStore("sent").clear();
    await ended(tx);
    db.close();
  }
}
