// The editor: tools that write Markdown, the preview of the server, what is typed kept by itself, and images that are brought.
// Without it the page is a text area with two buttons.
const PREVIEW_PAUSE = 400;
const KEEP_PAUSE = 2500;
const KEPT_WAIT = 3000;
const MAX_SIDE = 1600;

const form = document.querySelector("[data-editor]");
if (form) {
  const body = form.elements.Body;
  const status = form.querySelector("[data-status]");
  const preview = form.querySelector("[data-preview-body]");
  const local = `editor:${form.dataset.article}`;
  const say = (key, detail = "") => { status.textContent = status.dataset[key] + (detail ? ` ${detail}` : ""); };
  const fields = () => {
    const data = new FormData(form);
    data.delete("imagen");
    return data;
  };
  const later = (pause, action) => {
    let timer;
    return () => { clearTimeout(timer); timer = setTimeout(action, pause); };
  };

  form.querySelector("[data-tools]").hidden = false;
  form.querySelector("[data-without-script]").hidden = true;

  // Preview: the answer to the last question counts, not the last answer.
  let asked = 0;
  const look = async () => {
    const number = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: fields() });
      if (answer.ok && !answer.redirected && number === asked) {
        preview.innerHTML = await answer.text();
      }
    } catch {
      // The next key asks again.
    }
  };
  const lookLater = later(PREVIEW_PAUSE, look);

  // Keeping: said only when the server has answered; until then the text is in the browser.
  let saved = false;
  let changed = false;
  let keeping = Promise.resolve();
  const remember = () => {
    try {
      localStorage.setItem(local, JSON.stringify({ base: form.elements.Base.value, at: Date.now(), values: Object.fromEntries([...fields()].filter(([name]) => !name.startsWith("__"))) }));
    } catch {
      // Full, or not allowed; the server keeps it.
    }
  };
  const keep = async () => {
    if (saved) {
      return;
    }

    say("keeping");
    changed = false;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: fields() });
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        changed = true;
        say("signedOut");
        return;
      }

      if (!answer.ok) {
        throw new Error(String(answer.status));
      }

      const { keptAt, newest } = await answer.json();
      if (!changed) {
        localStorage.removeItem(local);
      }

      say(newest > Number(form.elements.Base.value) ? "newer" : "kept", new Date(keptAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" }));
    } catch {
      changed = true;
      say("offline");
    }
  };
  const keepLater = later(KEEP_PAUSE, () => { keeping = keeping.then(keep); });
  const touched = () => {
    changed = true;
    remember();
    lookLater();
    keepLater();
  };
  form.addEventListener("input", touched);
  addEventListener("online", () => { if (changed) { keepLater(); } });
  addEventListener("beforeunload", (event) => { if (changed && !saved) { event.preventDefault(); } });
  form.addEventListener("submit", (event) => {
    // What is on its way to be kept must arrive before what is saved, or it would come back as never saved.
    event.preventDefault();
    saved = true;
    try {
      localStorage.removeItem(local);
    } catch {
      // Nothing to remove.
    }

    if (event.submitter?.hasAttribute("formaction")) {
      form.action = event.submitter.formAction;
    }

    Promise.race([keeping, new Promise((done) => { setTimeout(done, KEPT_WAIT); })]).then(() => form.submit());
  });
  addEventListener("pageshow", () => { saved = false; });

  // What the browser still has was never confirmed by the server.
  try {
    const left = JSON.parse(localStorage.getItem(local) ?? "null");
    if (left && left.base === form.elements.Base.value && left.values.Body !== body.value) {
      for (const [name, value] of Object.entries(left.values)) {
        const field = form.elements[name];
        if (field && field.type !== "hidden" && field.type !== "file") {
          field.value = value;
        }
      }

      touched();
      say("restored");
    }
  } catch {
    localStorage.removeItem(local);
  }

  // Writing: undo goes on working because the browser itself inserts.
  const put = (text, from = body.selectionStart, to = body.selectionEnd) => {
    body.focus();
    body.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      body.setRangeText(text, from, to, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const around = (mark, empty) => {
    const { selectionStart: from, selectionEnd: to } = body;
    const text = body.value.slice(from, to) || empty;
    put(mark + text + mark, from, to);
    body.setSelectionRange(from + mark.length, from + mark.length + text.length);
  };
  const lines = (change) => {
    const from = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
    const end = body.value.indexOf("\n", body.selectionEnd);
    const to = end < 0 ? body.value.length : end;
    put(body.value.slice(from, to).split("\n").map(change).join("\n"), from, to);
  };
  const block = (text) => {
    const before = body.value.slice(0, body.selectionStart);
    put((before.length === 0 || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n") + text + "\n");
  };

  const links = document.querySelector("[data-link-dialog]");
  const query = links.querySelector("[data-link-query]");
  const found = links.querySelector("[data-link-found]");
  const linkStatus = links.querySelector("[data-link-status]");
  let selection = [0, 0];
  const search = async () => {
    if (query.value.trim().length < 2) {
      found.replaceChildren();
      linkStatus.textContent = "";
      return;
    }

    const answer = await fetch(`${form.dataset.targets}?q=${encodeURIComponent(query.value)}`);
    const targets = answer.ok ? await answer.json() : [];
    linkStatus.textContent = targets.length === 0 ? linkStatus.dataset.none : "";
    found.replaceChildren(...targets.map(({ title, url, text }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const address = document.createElement("small");
      button.type = "button";
      button.textContent = title;
      address.textContent = url ?? text;
      button.append(address);
      button.addEventListener("click", () => {
        links.close();
        put(text ?? `[${body.value.slice(...selection) || title}](${url})`, ...selection);
      });
      item.append(button);
      return item;
    }));
  };
  query.addEventListener("input", later(200, search));
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      found.querySelector("button")?.click();
    }
  });

  const file = form.querySelector("[data-image-file]");
  const tools = {
    bold: () => around("**", "negrita"),
    italic: () => around("*", "cursiva"),
    heading: () => lines((line) => (line.startsWith("## ") ? line.slice(3) : `## ${line.replace(/^#+\s*/, "")}`)),
    list: () => lines((line) => (line.startsWith("- ") ? line.slice(2) : `- ${line}`)),
    steps: () => { let number = 0; lines((line) => `${++number}. ${line.replace(/^(\d+\.|-)\s*/, "")}`); },
    callout: () => block("> [!NOTE]\n> "),
    table: () => block("| Columna | Columna |\n|---|---|\n|  |  |\n|  |  |"),
    link: () => {
      selection = [body.selectionStart, body.selectionEnd];
      query.value = body.value.slice(...selection).slice(0, 100);
      links.showModal();
      query.focus();
      search();
    },
    image: () => file.click(),
  };
  form.querySelector("[data-tools]").addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]")?.dataset.tool;
    if (tool) {
      tools[tool]();
    }
  });
  const keys = { b: "bold", i: "italic", k: "link" };
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) {
      return;
    }

    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    } else if (event.target === body && keys[event.key.toLowerCase()]) {
      event.preventDefault();
      tools[keys[event.key.toLowerCase()]]();
    }
  });

  // Images: made smaller here, so that nobody loads a photograph of eight megabytes on a telephone.
  const smaller = async (image) => {
    if (!/^image\/(jpeg|png|webp)$/.test(image.type)) {
      return image;
    }

    const bitmap = await createImageBitmap(image);
    const scale = MAX_SIDE / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) {
      return image;
    }

    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => { canvas.toBlob(done, image.type === "png" ? "image/png" : image.type, 0.85); });
    return made && made.size < image.size ? new File([made], image.name, { type: made.type }) : image;
  };
  const words = document.querySelector("[data-image-dialog]");
  const alternative = words.querySelector("[data-image-alt]");
  const describe = () => new Promise((done) => {
    alternative.value = "";
    words.returnValue = "cancel";
    words.showModal();
    alternative.focus();
    words.addEventListener("close", () => { done(words.returnValue === "insert" ? alternative.value.trim() : ""); }, { once: true });
  });
  const show = async (url, from, to) => put(`![${(await describe()).replaceAll(/[[\]]/g, "")}](${url})`, from, to);
  form.addEventListener("image", ({ detail }) => show(detail, body.selectionStart, body.selectionEnd));
  const bring = async (image) => {
    const [from, to] = [body.selectionStart, body.selectionEnd];
    say("uploading");
    const data = new FormData();
    data.append("__RequestVerificationToken", form.elements.__RequestVerificationToken.value);
    const answer = await smaller(image).then((file) => { data.append("imagen", file, file.name || "imagen.png"); return fetch(form.dataset.images, { method: "POST", body: data }); }).catch(() => null);
    if (!answer?.ok || answer.redirected) {
      say("refused", answer && answer.status === 400 ? await answer.text() : "");
      return;
    }

    const { url } = await answer.json();
    status.textContent = "";
    await show(url, from, to);
  };
  file.addEventListener("change", () => { if (file.files[0]) { bring(file.files[0]); } file.value = ""; });
  body.addEventListener("paste", (event) => {
    const image = [...event.clipboardData.files].find((f) => f.type.startsWith("image/"));
    if (image) {
      event.preventDefault();
      bring(image);
    }
  });
  body.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); body.classList.add("is-target"); } });
  body.addEventListener("dragleave", () => body.classList.remove("is-target"));
  body.addEventListener("drop", (event) => {
    body.classList.remove("is-target");
    const image = [...event.dataTransfer.files].find((f) => f.type.startsWith("image/"));
    if (image) {
      event.preventDefault();
      bring(image);
    }
  });
}
