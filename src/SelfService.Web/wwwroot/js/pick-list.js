// A list of which some are picked: one box chooses all of the page.
for (const list of document.querySelectorAll("[data-pick-list]")) {
  const all = list.querySelector("[data-pick-all]");
  const boxes = [...list.querySelectorAll("input[name=Number]")];
  all.hidden = false;
  const box = all.querySelector("input");
  const follow = () => {
    const chosen = boxes.filter((one) => one.checked).length;
    box.checked = chosen === boxes.length;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  box.addEventListener("change", () => {
    for (const one of boxes) {
      one.checked = box.checked;
    }
  });
  list.addEventListener("change", follow);
  follow();
}
