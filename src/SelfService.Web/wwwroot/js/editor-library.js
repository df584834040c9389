// The editor: an image of the library, chosen without leaving the text. Without it, the link leads to the library.
const link = document.querySelector("[data-library]");
const dialog = document.querySelector("[data-library-dialog]");
if (link && dialog) {
  const query = dialog.querySelector("[data-library-query]");
  const found = dialog.querySelector("[data-library-found]");
  const status = dialog.querySelector("[data-library-status]");
  const form = link.closest("form");
  let timer;

  const choose = ({ name, url }) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const picture = document.createElement("img");
    button.type = "button";
    picture.src = url;
    picture.alt = "";
    picture.loading = "lazy";
    button.append(picture, name);
    button.addEventListener("click", () => {
      dialog.close();
      form.dispatchEvent(new CustomEvent("image", { detail: url }));
    });
    item.append(button);
    return item;
  };
  const search = async () => {
    const answer = await fetch(`${link.pathname}?handler=Lista&q=${encodeURIComponent(query.value)}`).catch(() => null);
    const images = answer?.ok && !answer.redirected ? await answer.json() : [];
    found.replaceChildren(...images.map(choose));
    status.textContent = images.length === 0 ? status.dataset.none : "";
  };

  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      dialog.showModal();
      query.focus();
      search();
    }
  });
  query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 200); });
  query.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); } });
}
