// What hangs under a search box: groups of options, one of which may be the active one. It draws; search-box.js decides.
import { fold } from "./recent-searches.js";

const ICONS = { article: "file", product: "box", topic: "folder", action: "arrow-right" };

export function suggestionList(id, label) {
  const list = element("div", "suggestions", { id, role: "listbox", "aria-label": label });
  let options = [];
  let active = null;
  list.hidden = true;

  return {
    element: list,
    get options() { return options; },
    get active() { return active; },

    // Groups of { label, note, options }. Each option is an element made below.
    fill(groups) {
      list.replaceChildren(...groups.map((group, index) => draw(group, `${id}-g${index}`)));
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((option, index) => { option.id = `${id}-${index}`; });
      active = null;
      list.scrollTop = 0;
    },

    mark(option) {
      active?.setAttribute("aria-selected", "false");
      active = option ?? null;
      active?.setAttribute("aria-selected", "true");
      active?.scrollIntoView({ block: "nearest" });
    },
  };
}

export function suggestionOption({ title, url, kind, section, icon: name }, typed) {
  const option = line(section ? "arrow-right" : name || (ICONS[kind] ?? "file"), ...emphasised(section ?? title, typed));
  option.dataset.url = followable(url);
  if (section) {
    option.append(element("small", "", {}, title));
  }

  return option;
}

export function recentOptions(text, removeLabel) {
  const again = line("clock", text);
  again.dataset.search = text;
  const remove = element("div", "suggestion-remove", { role: "option", "aria-selected": "false", "aria-label": removeLabel });
  remove.dataset.forget = text;
  remove.append(icon("close"));
  return [again, remove];
}

export function clearOption(label) {
  const option = line("trash", label);
  option.classList.add("suggestion-clear");
  option.dataset.clear = "";
  return option;
}

function draw({ label, note, options, recent }, headId) {
  const group = element("div", recent ? "suggestion-group suggestion-recent" : "suggestion-group", { role: "group", "aria-labelledby": headId });
  const head = element("div", "suggestion-head", { role: "presentation", id: headId }, label);
  if (note) {
    head.append(" ", element("small", "", {}, note));
  }

  group.append(head, ...options);
  return group;
}

function line(name, ...content) {
  const option = element("div", "suggestion", { role: "option", "aria-selected": "false" });
  const text = element("span", "suggestion-text");
  text.append(...content);
  option.append(icon(name), text);
  return option;
}

// A page of this site or, for an action of the company, one that is encrypted. Anything else leads home.
function followable(url) {
  const target = new URL(url, location.origin);
  return target.origin === location.origin || target.protocol === "https:" ? url : "/";
}

// The words being typed in bold, whatever their accents.
function emphasised(text, typed) {
  const plain = fold(text);
  const word = fold(typed).split(/\s+/).filter((part) => part.length > 1).sort((a, b) => b.length - a.length)[0];
  const at = word && plain.length === text.length ? plain.indexOf(word) : -1;
  return at < 0 ? [text] : [text.slice(0, at), element("mark", "", {}, text.slice(at, at + word.length)), text.slice(at + word.length)];
}

function element(name, className, attributes = {}, text = "") {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }

  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }

  if (text) {
    made.textContent = text;
  }

  return made;
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
