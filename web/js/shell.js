// A service worker that keeps one page and the files it names, and answers with it when there is no network. It keeps nobody's
// data and sends nothing.
const quick = 5000; // milliseconds after which a slow network counts as none

export function keepShell(CACHE, SHELL, mark) {
  async function put(answer) {
    const cache = await caches.open(CACHE), html = await answer.clone().text();
    if (!html.includes(mark)) return;
    const named = new Set(html.match(/\/static\/[\w.-]+/g));
    const kept = (await cache.keys()).filter((request) => request.url.includes("/static/"));
    const has = (path) => kept.some((request) => new URL(request.url).pathname === path);
    await cache.addAll([...named].filter((path) => !has(path)));
    await cache.put(SHELL, answer);
    await Promise.all(kept.filter((request) => !named.has(new URL(request.url).pathname)).map((request) => cache.delete(request)));
  }
  const fresh = async () => { const answer = await fetch(SHELL); if (answer.ok && !answer.redirected) await put(answer); };

  addEventListener("install", (event) => { skipWaiting(); event.waitUntil(fresh()); });
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("message", (event) => event.data === "refresh" && event.waitUntil(fresh().catch(() => {})));

  async function page(event) {
    const shell = await caches.match(SHELL, { ignoreVary: true });
    const stop = new AbortController(), timer = shell && setTimeout(() => stop.abort(), quick);
    try {
      return await fetch(event.request, { signal: stop.signal });
    } catch (failure) {
      if (shell) return shell;
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  addEventListener("fetch", (event) => {
    const { request } = event, url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) return;
    if (url.pathname.startsWith("/static/")) event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept || fetch(request)));
    else if (request.mode === "navigate") event.respondWith(page(event));
  });
}
