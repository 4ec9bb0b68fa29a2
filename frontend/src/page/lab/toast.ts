const shownMs = 8000;

/** Shows for some seconds that something did not work, without moving the focus. */
export function toast(title: string, detail: string): void {
  const element = document.createElement("div");
  element.className = "toast";
  element.setAttribute("role", "alert");
  element.dataset.testid = "toast";
  const strong = document.createElement("strong");
  strong.textContent = title;
  const paragraph = document.createElement("p");
  paragraph.textContent = detail;
  element.append(strong, paragraph);
  element.addEventListener("click", () => element.remove());
  document.body.append(element);
  setTimeout(() => element.remove(), shownMs);
}
