// Runs before the first paint, so that a page never flashes in the wrong theme. The rest is in src/kit/theme.ts.
(() => {
  let wish = "system";
  try {
    wish = JSON.parse(localStorage.getItem("nslab.preferences") || "{}").theme || wish;
  } catch {
    // No storage: the system's theme.
  }
  const dark = wish === "dark" || (wish !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
