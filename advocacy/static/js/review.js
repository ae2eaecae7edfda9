// @ts-check
// Lets a reviewer travel the queue by Alt and the arrows, along links that are there for everybody.

addEventListener("keydown", (event) => {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing, keyCode } = event;
  if (isComposing || keyCode === 229 || !altKey || ctrlKey || metaKey || shiftKey) return;
  if (key !== "ArrowUp" && key !== "ArrowDown") return;
  if (event.target instanceof HTMLSelectElement) return; // there they open the list
  const link = document.querySelector(key === "ArrowUp" ? "a[rel=prev]" : "a[rel=next]");
  if (!(link instanceof HTMLAnchorElement)) return;
  for (const field of document.querySelectorAll("textarea")) if (field.value !== field.defaultValue) return; // lose no words
  event.preventDefault();
  link.click();
});
