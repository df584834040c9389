// Suggestions under every search box. Without this file the form is an ordinary search.
const WAIT = 80;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  attach(form);
}

function attach(form) {
  const input = form.elements.q;
  const words = form.dataset;
  const list = document.createElement("div");
  const status = document.createElement("p");
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;

  list.id = "suggestions-" + Math.random().toString(36).slice(2, 8);
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestLabel);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) {
    input.setAttribute(name, value);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(found) {
    options = found.map((suggestion, index) => line(suggestion, index, list.id, input.value));
    list.replaceChildren(...options);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    const open = options.length > 0 && document.activeElement === input;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    status.textContent = options.length === 0 ? words.suggestNone
      : options.length === 1 ? words.suggestOne
      : words.suggestMany.replace("{0}", options.length);
  }

  async function ask() {
    request?.abort();
    const typed = input.value.trim();
    if (typed.length < 2) {
      show([]);
      status.textContent = "";
      return;
    }

    request = new AbortController();
    try {
      const response = await fetch(words.suggest + "?q=" + encodeURIComponent(typed), {
        signal: request.signal, headers: { Accept: "application/json" },
      });
      if (response.ok) {
        show(await response.json());
      }
    } catch (problem) {
      // Typing on, or no network: the search itself still works.
      if (problem.name !== "AbortError") {
        close();
      }
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => {
    if (options.length > 0 && input.value.trim().length > 1) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Escape") {
      // The first Escape closes the list, the second empties the box.
      if (open) {
        event.preventDefault();
        close();
      } else {
        input.value = "";
      }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length === 0) {
        return;
      }
      event.preventDefault();
      if (!open) {
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      mark(next < -1 ? options.length - 1 : next >= options.length ? -1 : next);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      location.assign(options[active].dataset.url);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) {
      location.assign(option.dataset.url);
    }
  });
}

function line({ title, url, kind, section }, index, listId, typed) {
  const option = document.createElement("div");
  option.id = listId + "-" + index;
  option.className = "suggestion";
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  // Only addresses of this site are ever followed.
  option.dataset.url = new URL(url, location.origin).origin === location.origin ? url : "/";

  const text = document.createElement("span");
  text.append(...emphasised(section ?? title, typed));
  option.append(icon(section || kind === "section" ? "arrow-right" : "file"), text);
  if (section) {
    const article = document.createElement("small");
    article.textContent = title;
    option.append(article);
  }

  return option;
}

// The words being typed in bold, whatever their accents.
function emphasised(text, typed) {
  const plain = fold(text);
  const word = fold(typed).split(/\s+/).filter((part) => part.length > 1).sort((a, b) => b.length - a.length)[0];
  const at = word && plain.length === text.length ? plain.indexOf(word) : -1;
  if (at < 0) {
    return [text];
  }

  const strong = document.createElement("mark");
  strong.textContent = text.slice(at, at + word.length);
  return [text.slice(0, at), strong, text.slice(at + word.length)];
}

function fold(text) {
  return text.normalize("NFC").toLowerCase().replace(/[áéíóúü]/g, (letter) => "aeiouu"["áéíóúü".indexOf(letter)]);
}

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  const sprite = document.querySelector("svg.icon use").getAttribute("href").split("#")[0];
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", sprite + "#" + name);
  drawing.append(use);
  return drawing;
}
