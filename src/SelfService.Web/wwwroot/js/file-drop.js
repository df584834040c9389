// Files can be dropped on their field, added one after the other and taken out again before they are sent. The field itself
// stays what the form sends: without this file, or where it fails, it is a plain one.
const boxes = [...document.querySelectorAll(".file[data-drop]")].filter((box) => box.querySelector("template"));

for (const box of boxes) {
  attach(box);
}

// A file that falls beside its field would replace the page and everything typed in it.
if (boxes.length > 0) {
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (bringsFiles(event) && !event.defaultPrevented) {
        event.preventDefault();
        event.dataTransfer.dropEffect = "none";
      }
    });
  }
}

function attach(box) {
  const input = box.querySelector("input[type=file]");
  const template = box.querySelector("template");
  const words = template.dataset;
  const field = box.closest(".field");
  const most = Number(input.dataset.maxFiles);
  const largest = Number(input.dataset.maxBytes);
  const endings = input.accept.toLowerCase().split(",").map((ending) => ending.trim());
  const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 });
  let files = [];

  const list = document.createElement("ul");
  list.className = "file-list";
  list.hidden = true;
  list.setAttribute("aria-label", words.list);
  const problem = document.createElement("p");
  problem.className = "field-error file-problem";
  problem.setAttribute("role", "alert");
  problem.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const hint = document.createElement("p");
  hint.className = "file-hint";
  hint.textContent = most === 1 ? words.hintOne : words.hint;
  box.append(hint);
  box.after(problem, list, status);

  input.addEventListener("change", () => add([...input.files]));
  box.addEventListener("dragover", (event) => {
    if (bringsFiles(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      box.classList.add("is-over");
    }
  });
  box.addEventListener("dragleave", (event) => {
    if (!box.contains(event.relatedTarget)) {
      box.classList.remove("is-over");
    }
  });
  box.addEventListener("drop", (event) => {
    box.classList.remove("is-over");
    if (bringsFiles(event)) {
      event.preventDefault();
      add([...event.dataTransfer.files]);
    }
  });
  // Coming back with the browser's own button brings the files and not the list.
  addEventListener("pageshow", () => {
    if (files.length === 0 && input.files.length > 0) {
      add([...input.files]);
    }
  });

  function add(chosen) {
    const refused = [];
    const added = [];
    for (const file of chosen) {
      if (files.some((other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified)) {
        continue;
      }

      const reason = refusal(file);
      if (reason) {
        refused.push(reason.replaceAll("{0}", file.name));
      } else {
        files = [...files, file];
        added.push(file.name);
      }
    }

    problem.textContent = refused.join(" ");
    problem.hidden = refused.length === 0;
    status.textContent = added.length === 0 ? "" : words.added.replace("{0}", added.join(", "));
    draw();
  }

  function refusal(file) {
    const kept = field.querySelectorAll("input[type=checkbox][name$='.kept']:checked").length
      + field.querySelectorAll("input[type=checkbox][name=Remove]:not(:checked)").length;
    return !endings.some((ending) => file.name.toLowerCase().endsWith(ending)) ? words.wrongType
      : file.size === 0 ? words.empty
      : file.size > largest ? words.tooLarge
      : files.length + kept >= most ? words.tooMany
      : "";
  }

  function remove(file) {
    const at = files.indexOf(file);
    files = files.filter((other) => other !== file);
    problem.hidden = true;
    status.textContent = words.removed.replace("{0}", file.name);
    draw();
    (list.querySelectorAll("button")[Math.min(at, files.length - 1)] ?? input).focus();
  }

  function draw() {
    const holder = new DataTransfer();
    files.forEach((file) => holder.items.add(file));
    input.files = holder.files;
    list.hidden = files.length === 0;
    list.replaceChildren(...files.map((file) => {
      const line = template.content.firstElementChild.cloneNode(true);
      line.querySelectorAll("[data-name]").forEach((part) => { part.textContent = file.name; });
      line.querySelector("[data-size]").textContent = spoken(file.size);
      line.querySelector("button").addEventListener("click", () => remove(file));
      return line;
    }));
  }

  function spoken(size) {
    return size >= 1024 * 1024 ? number.format(size / 1024 / 1024) + " MB" : number.format(Math.max(1, Math.round(size / 1024))) + " KB";
  }
}

function bringsFiles(event) {
  return event.dataTransfer?.types.includes("Files") === true;
}
