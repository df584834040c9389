// The agenda: an appointment that is dropped on a free half hour asks before it moves. What is sent is the plain form of its ticket.
const dialog = document.querySelector("[data-agenda-move]");
const grid = document.querySelector("[data-agenda]");
if (dialog && grid) {
  const form = dialog.querySelector("form");
  const line = form.querySelector("[data-words]");
  let dragged = null;

  for (const item of grid.querySelectorAll("[data-move]")) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      // Some browsers do not begin to drag without it.
      event.dataTransfer.setData("text/plain", item.dataset.who);
      item.classList.add("is-dragged");
    });
    item.addEventListener("dragend", () => {
      item.classList.remove("is-dragged");
      dragged = null;
    });
  }

  for (const cell of grid.querySelectorAll("[data-start]")) {
    cell.addEventListener("dragover", (event) => {
      if (dragged) {
        event.preventDefault();
        cell.classList.add("is-target");
      }
    });
    cell.addEventListener("dragleave", () => cell.classList.remove("is-target"));
    cell.addEventListener("drop", (event) => {
      cell.classList.remove("is-target");
      if (dragged) {
        event.preventDefault();
        ask(dragged, cell);
      }
    });
  }

  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  function ask(item, cell) {
    form.action = item.dataset.move;
    form.elements.Seen.value = item.dataset.seen;
    form.elements.Place.value = item.dataset.place;
    form.elements.Person.value = cell.dataset.person;
    form.elements.Day.value = cell.dataset.day;
    form.elements.Start.value = cell.dataset.start;
    const values = [item.dataset.who, item.dataset.what, item.dataset.old, cell.dataset.when, cell.dataset.where];
    const words = cell.dataset.where ? line.dataset.wordsWith : line.dataset.words;
    line.textContent = words.replace(/\{(\d)\}/g, (_, place) => values[Number(place)]);
    dialog.showModal();
  }
}
