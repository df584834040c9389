// The numbers beside the filters follow the desk without the page being loaded again; when they change, the list may have changed too.
const NAMES = ["abiertos", "mios", "sin-responsable", "vencidos", "prometidos-hoy", "en-espera"];

const filters = document.querySelector("[data-live]");
if (filters?.dataset.live) {
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const changed = document.querySelector("[data-changed]");
  let stream = null;
  let last = "";

  const open = () => {
    stream ??= new EventSource(filters.dataset.live);
    stream.onmessage = ({ data }) => {
      data.split(" ").forEach((count, index) => {
        const link = filters.querySelector(`[data-filter="${NAMES[index]}"]`);
        link.querySelector(".filter-count").textContent = format.format(count);
        link.classList.toggle("is-late", NAMES[index] === "vencidos" && count !== "0");
      });
      changed.hidden = changed.hidden && (last === "" || last === data);
      last = data;
    };
  };

  // A tab nobody looks at asks for nothing.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else {
      open();
    }
  });
  open();
}
