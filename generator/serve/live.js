// Part of `serve` only: reloads the page after a build, shows what is wrong over the last good page.
(() => {
  const mine = Number(new URL(document.currentScript.src).searchParams.get("version"));
  let panel;
  const show = text => {
    if (!text) { panel?.remove(); panel = undefined; return; }
    if (!panel) {
      panel = document.createElement("dialog");
      panel.setAttribute("aria-label", "Problems in the content");
      const pre = document.createElement("pre");
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => panel.close());
      panel.append(pre, close);
      document.body.append(panel);
      Object.assign(panel.style, { maxWidth: "90vw", maxHeight: "80vh", overflow: "auto" });
      Object.assign(pre.style, { whiteSpace: "pre-wrap", font: "14px/1.5 ui-monospace, monospace" });
    }
    panel.querySelector("pre").textContent = text;
    if (!panel.open) panel.showModal();
  };
  const listen = () => {
    const source = new EventSource("/-/events");
    source.onmessage = event => {
      const { version, problem } = JSON.parse(event.data);
      if (problem) show(problem);
      else if (version !== mine) location.reload();
      else show("");
    };
    addEventListener("pagehide", () => source.close());
  };
  listen();
  addEventListener("pageshow", event => { if (event.persisted) listen(); });
})();
