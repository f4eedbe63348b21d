// Loads the islands after everything a reader came for. The server fills in the two addresses.
const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 200));

async function start() {
  // What Leptos reads when it begins; nothing is handed over, because islands here carry no data of their own.
  globalThis.__RESOLVED_RESOURCES = [];
  globalThis.__SERIALIZED_ERRORS = [];
  globalThis.__INCOMPLETE_CHUNKS = [];
  const glue = await import("__JS__");
  await glue.default({ module_or_path: "__WASM__" });
  glue.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    glue[island.dataset.component]?.(island);
  }
}

// A page without islands is whole: a failure here takes nothing away.
const later = () => idle(() => start().catch(() => {}), { timeout: 2000 });
if (document.readyState === "complete") later();
else addEventListener("load", later, { once: true });
