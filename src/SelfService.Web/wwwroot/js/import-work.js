// An archive that is at work: asks how far it is and shows that, until there is something to decide or to read. Without it, the link
// on the page asks.
const PAUSE = 1500;

const ask = async () => {
  const here = document.querySelector("[data-at-work]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-at-work]");
    if (!next || answer.redirected) {
      location.reload();
      return;
    }

    const said = here.querySelector("[role=status]");
    const line = next.querySelector("[role=status]").textContent;
    if (said.textContent !== line) {
      said.textContent = line;
    }

    here.querySelector("progress").replaceWith(next.querySelector("progress"));
  } catch {
    // Without a connection it is asked again.
  }

  setTimeout(ask, PAUSE);
};

setTimeout(ask, PAUSE);
