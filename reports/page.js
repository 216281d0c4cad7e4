// What a page does beside being read: values of a chart under a pointer or by arrow keys, and charts as files.
// All of it is taken from the tables and pictures that the page has anyway; without it they are read as they stand.
"use strict";
(() => {
  const words = document.body.dataset;
  const make = (name, attributes, parent) => {
    const made = parent.namespaceURI.endsWith("svg") ? document.createElementNS(parent.namespaceURI, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return parent.appendChild(made);
  };

  const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  // the numbers of a chart: panels with their box on the picture, rows with their spot

  const part = (text) => (text === undefined ? null : Number(text));
  const panelsOf = (figure) =>
    [...figure.querySelectorAll("table[data-box]")].map((table) => ({
      table,
      box: table.dataset.box.split(" ").map(Number),
      across: "across" in table.dataset,
      names: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
      rows: [...table.tBodies[0].rows].map((row) => ({ row, x: part(row.dataset.x), y: part(row.dataset.y) })),
    }));

  const nearest = (rows, x, y) => {
    const away = (at) => (at.x === null ? 0 : (at.x - x) ** 2) + (at.y === null ? 0 : (at.y - y) ** 2);
    return rows.reduce((best, at, place) => (away(at) < away(rows[best]) ? place : best), 0);
  };

  const values = (figure) => {
    const [picture, svg, panels] = [figure.querySelector(".picture"), figure.querySelector("svg"), panelsOf(figure)];
    if (!panels.length) return;
    const tip = make("output", { class: "tip" }, picture.parentElement);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    let [panel, place, guides] = [0, -1, []];

    const hide = () => {
      guides.forEach((guide) => guide.remove());
      tip.textContent = "";
    };
    const tell = ({ names, rows }) => {
      const [first, ...others] = rows[place].row.cells;
      make("b", {}, tip).textContent = first.textContent;
      others.forEach((cell, at) => {
        if (/[^-－\s]/.test(cell.textContent)) make("span", {}, tip).textContent = `${names[at + 1]}: ${cell.textContent}`;
      });
    };
    const show = () => {
      hide();
      const { box, rows } = panels[panel];
      const { x, y } = rows[place];
      const [left, top, right, bottom] = box.map((edge, at) => edge * (at % 2 ? height : width));
      const line = (x1, y1, x2, y2) => make("line", { class: "guide", x1, y1, x2, y2 }, svg);
      guides = [x === null ? [] : line(x * width, top, x * width, bottom), y === null ? [] : line(left, y * height, right, y * height)].flat();
      tell(panels[panel]);
      const [shown, seen] = [svg.getBoundingClientRect(), picture.getBoundingClientRect()];
      const at = shown.left - seen.left + (x ?? box[0]) * shown.width;
      if (at < 0 || at > seen.width) picture.scrollLeft += at - seen.width / 2;
      const beside = svg.getBoundingClientRect().left - seen.left + (x ?? box[0]) * shown.width;
      const room = seen.width - tip.offsetWidth;
      tip.style.left = `${Math.max(0, Math.min(beside + 12 > room ? beside - 12 - tip.offsetWidth : beside + 12, room))}px`;
      tip.style.top = `${Math.max(0, (y === null ? box[1] : y) * shown.height + (y === null ? 8 : 12))}px`;
    };

    svg.addEventListener("pointermove", (event) => {
      const shown = svg.getBoundingClientRect();
      const [x, y] = [(event.clientX - shown.left) / shown.width, (event.clientY - shown.top) / shown.height];
      const over = panels.findIndex(({ box: [left, top, right, bottom] }) => left <= x && x <= right && top <= y && y <= bottom);
      if (over < 0) return hide();
      [panel, place] = [over, nearest(panels[over].rows, x, y)];
      show();
    });
    svg.addEventListener("pointerleave", hide);
    picture.addEventListener("blur", hide);
    picture.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return hide();
      if (!(event.key in KEYS) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const [right, down] = KEYS[event.key];
      const [along, beside] = panels[panel].across ? [down, right] : [right, down];
      const within = (number, all) => Math.max(0, Math.min(number, all.length - 1));
      panel = within(panel + beside, panels);
      place = within(place + (panels.length > 1 ? along : along || beside), panels[panel].rows);
      show();
    });
  };

  // charts as files, made of the picture and the tables on the page

  const save = (name, blob) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name }, document.body);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const drawn = (figure) => {
    const own = figure.querySelector("svg");
    const svg = own.cloneNode(true);
    svg.querySelectorAll(".guide").forEach((guide) => guide.remove());
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const named = { xmlns: own.namespaceURI, width, height, "font-family": getComputedStyle(own).fontFamily };
    for (const [key, value] of Object.entries(named)) svg.setAttribute(key, value);
    return { width, height, blob: new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }) };
  };
  const png = (figure) => {
    const [{ width, height, blob }, image, scale] = [drawn(figure), new Image(), 2.5];
    image.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((made) => save(`${figure.id}.png`, made));
      URL.revokeObjectURL(image.src);
    };
    image.src = URL.createObjectURL(blob);
  };
  const field = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    const safe = /^([=@]|[+-].)/.test(plain) && Number.isNaN(Number(plain)) ? `'${plain}` : plain; // words stay words in a spreadsheet
    return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const columns = (rows, at, name) => {
    const held = rows.map(({ cells }) => cells[at].dataset.v?.split(",") ?? [cells[at].textContent, "", ""]);
    const ends = held.some(([, low]) => low);
    const bare = ends && held.every(([value]) => !value);
    const names = [name, `${name}: ${words.low}`, `${name}: ${words.high}`];
    const kept = [0, 1, 2].filter((which) => (which === 0 ? !bare : ends));
    return kept.map((which) => [names[which], ...held.map((cell) => (/^[-－]$/.test(cell[which]) ? "" : cell[which] ?? ""))]);
  };
  const csv = (figure) => {
    const tables = panelsOf(figure).map(({ table, names, rows }) => {
      const laid = names.flatMap((name, at) => columns(rows.map(({ row }) => row), at, name));
      const lines = laid[0].map((_, line) => laid.map((column) => field(column[line])).join(","));
      return [...(table.caption ? [field(table.caption.textContent)] : []), ...lines].join("\r\n");
    });
    save(`${figure.id}.csv`, new Blob([`\ufeff${tables.join("\r\n\r\n")}\r\n`], { type: "text/csv" }));
  };
  const tools = (figure) => {
    const line = document.createElement("p");
    line.className = "tools";
    figure.querySelector("figcaption").after(line);
    const kinds = { PNG: png, SVG: () => save(`${figure.id}.svg`, drawn(figure).blob), ...(figure.querySelector("table") ? { CSV: csv } : {}) };
    for (const [kind, write] of Object.entries(kinds)) {
      const button = make("button", { type: "button", "aria-label": `${kind}: ${figure.querySelector(".picture").getAttribute("aria-label")}` }, line);
      button.textContent = kind;
      button.addEventListener("click", () => write(figure));
    }
    if (figure.querySelector("table")) make("span", { class: "quiet" }, line).textContent = words.keys;
  };
  document.querySelectorAll("figure").forEach((figure) => {
    tools(figure);
    values(figure);
  });

  // what scrolls can be reached by keys; contents are folded on small screens; what a link leads to is opened

  const reach = new ResizeObserver((seen) =>
    seen.forEach(({ target }) => {
      if (target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }),
  );
  document.querySelectorAll(".scroll").forEach((each) => reach.observe(each));
  const contents = document.querySelector(".contents details");
  const wide = matchMedia("(min-width: 72rem)");
  const fold = () => (contents.open = wide.matches);
  wide.addEventListener("change", fold);
  contents.addEventListener("click", (event) => event.target.closest("a") && fold());
  const open = () => {
    for (let at = document.getElementById(decodeURIComponent(location.hash.slice(1))); at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  addEventListener("hashchange", open);
  fold();
  open();
})();
