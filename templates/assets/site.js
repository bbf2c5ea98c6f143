// Everything here adds to pages that are complete without it.
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch {} },
  };
  const said = document.querySelector(".said");
  const say = text => { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 50); };

  const themes = { "": "as the system", light: "light", dark: "dark" };
  const themeButton = document.querySelector(".theme");
  const showTheme = () => themeButton.setAttribute("aria-label", "Theme: " + themes[root.dataset.theme || ""]);
  themeButton.addEventListener("click", () => {
    const names = Object.keys(themes);
    const next = names[(names.indexOf(root.dataset.theme || "") + 1) % names.length];
    if (next) root.dataset.theme = next; else delete root.dataset.theme;
    store.set("theme", next);
    showTheme();
    say("Theme: " + themes[next]);
  });
  showTheme();

  for (const button of all(".copy")) {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const text = button.dataset.copy || button.closest(".panel").querySelector("pre").textContent;
      let done = true;
      try { await navigator.clipboard.writeText(text); } catch { done = false; }
      button.textContent = done ? "copied" : "not allowed";
      say(done ? "Copied" : "The browser did not allow copying");
      setTimeout(() => { button.textContent = label; }, 1600);
    });
  }

  const groups = all(".tabs").map(group => {
    const kind = "tab-" + group.dataset.tabs;
    const list = group.querySelector(".tablist");
    const tabs = all("a", list);
    const panels = tabs.map(tab => document.getElementById(tab.hash.slice(1)));
    const select = (index, focus) => {
      tabs.forEach((tab, i) => {
        tab.setAttribute("aria-selected", i === index);
        tab.tabIndex = i === index ? 0 : -1;
        panels[i].classList.toggle("shown", i === index);
      });
      if (focus) tabs[index].focus();
    };
    const selectKey = key => {
      const index = tabs.findIndex(tab => tab.dataset.key === key);
      if (index >= 0) select(index);
      return index >= 0;
    };
    list.setAttribute("role", "tablist");
    tabs.forEach((tab, i) => {
      tab.setAttribute("role", "tab");
      tab.id = "tab-" + panels[i].id;
      tab.setAttribute("aria-controls", panels[i].id);
      panels[i].setAttribute("role", "tabpanel");
      panels[i].setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", event => {
        event.preventDefault();
        select(i);
        store.set(kind, tab.dataset.key);
      });
    });
    list.addEventListener("keydown", event => {
      const at = tabs.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const index = (to + tabs.length) % tabs.length;
      select(index, true);
      store.set(kind, tabs[index].dataset.key);
    });
    group.classList.add("live");
    if (!selectKey(store.get(kind))) select(0);
    return { panels, select };
  });
  const openFromHash = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const { panels, select } of groups) {
      const index = panels.indexOf(target);
      if (index >= 0) select(index);
    }
  };
  addEventListener("hashchange", openFromHash);
  openFromHash();

  for (const form of all("form[data-filter]")) {
    const input = form.querySelector("input");
    const rows = all(form.dataset.filter);
    const words = rows.map(row => row.dataset.search.toLowerCase());
    const nothing = document.querySelector(".nothing");
    const matches = (text, query) => /^\d+$/.test(query) ? text.startsWith(query) : query.split(/\s+/).every(word => text.includes(word));
    const filter = () => {
      const query = input.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = query !== "" && !matches(words[i], query);
        if (!row.hidden) shown++;
      });
      for (const band of all(".band")) band.hidden = !band.querySelector("li:not([hidden])");
      nothing.hidden = shown > 0;
      return query;
    };
    input.addEventListener("input", () => { if (filter()) say(rows.filter(row => !row.hidden).length + " codes"); });
    form.addEventListener("submit", event => {
      event.preventDefault();
      const query = filter();
      const shown = rows.filter(row => !row.hidden);
      // The number and the name stand before the first comma; they count more than an alias of another code.
      const best = shown.find(row => row.dataset.search.toLowerCase().split(",")[0].includes(query)) || shown[0];
      if (query && best) best.querySelector("a").click();
    });
    const wanted = "fromPath" in form.dataset
      ? (location.pathname.match(/\/(\d{1,3})(?:\D[^/]*)?\/?$/) || [])[1]
      : new URLSearchParams(location.search).get("q");
    if (wanted) {
      input.value = wanted;
      filter();
      if ("fromPath" in form.dataset) {
        document.querySelector("[data-path]").textContent = "The address asks for “" + wanted + "”. These codes begin with it.";
        if (!rows.some(row => !row.hidden)) {
          input.value = wanted.slice(0, 1);
          filter();
          document.querySelector("[data-path]").textContent = "There is no page for " + wanted + ". These are the codes of its class.";
        }
      }
    }
  }

  const barInput = document.querySelector(".bar .find input");
  addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    const input = document.querySelector("form[data-filter] input") || barInput;
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  // What follows measures the page, which must not delay its first paint.
  const later = window.requestIdleCallback || (run => setTimeout(run, 200));
  later(() => {
    const current = document.querySelector(".ruler [aria-current]");
    if (current) current.parentNode.scrollLeft = current.offsetLeft - current.parentNode.clientWidth / 2;
  });

  const entries = new Map(all(".toc a").map(a => [a.hash.slice(1), a]));
  if (entries.size && "IntersectionObserver" in window) {
    const headings = [...entries.keys()].map(id => document.getElementById(id));
    const mark = () => {
      const passed = headings.filter(h => h.getBoundingClientRect().top < 140);
      const now = (passed.at(-1) || headings[0]).id;
      for (const [id, a] of entries) id === now ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "-100px 0px -60% 0px" });
    later(() => headings.forEach(h => observer.observe(h)));
  }
})();
