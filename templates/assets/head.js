// Runs before the first paint: no flash of the wrong theme, no jump when tabs close.
(d => {
  d.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme) d.dataset.theme = theme;
  } catch {}
})(document.documentElement);
