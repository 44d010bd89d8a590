// The pieces that the page is made of. The only HTML taken as such is what the server wrote from entities, escaped.

const STANDINGS = {
  new: "Chưa bắt đầu", blocked: "Đã chặn trợ lý", deactivated: "Tài khoản đã xóa", kicked: "Trợ lý đã bị mời ra", left: "Trợ lý đã rời nhóm",
};

function element(tag, name = "", ...content) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...content);
  return made;
}

function plain(html) {
  const made = document.createElement("div");
  made.innerHTML = html;
  return made.textContent;
}

export function person(row, choose) {
  const face = element("span", "face", row.initials);
  face.setAttribute("aria-hidden", "true");
  const last = STANDINGS[row.standing] ?? (plain(row.last) || row.file || "Chưa có tin nhắn");
  const words = element("span", "person-words", element("span", "person-name", row.name), element("span", "person-last", last));
  const button = element("button", "person", face, words);
  button.type = "button";
  if (row.current) button.setAttribute("aria-current", "true");
  if (row.news) {
    const news = element("span", "news", String(row.news));
    news.title = "Tin nhắn chưa xem";
    button.append(news);
  }
  button.addEventListener("click", () => choose(row.id));
  return element("li", "", button);
}

export function message(chat, said, day, press) {
  const bubble = element("div", "bubble");
  if (said.who) bubble.append(element("span", "writer", said.who));
  for (const file of said.files) bubble.append(shownFile(`/page/file/${chat}/${said.id}`, file));
  if (said.html) {
    const words = element("div", "words");
    words.innerHTML = said.html;
    for (const link of words.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    bubble.append(words);
  }
  bubble.append(element("span", "moment", [said.unheard && "trợ lý không đọc được", said.edited && "đã sửa", said.time].filter(Boolean).join(" · ")));
  const article = element("article", `message${said.mine ? " mine" : ""}${said.rows.length ? " wide" : ""}`, bubble);
  if (said.rows.length) article.append(keys(said.rows, press));
  return day ? [element("p", "day", day), article] : [article];
}

function shownFile(path, file) {
  const link = element("a", file.width ? "" : "file");
  link.href = path;
  if (file.width) {
    const image = element("img", "photo");
    Object.assign(image, { src: path, alt: "Ảnh đã gửi", width: file.width, height: file.height });
    link.target = "_blank";
    link.append(image);
  } else {
    link.download = file.name;
    link.append(element("span", "", file.name), element("small", "figures", file.size));
  }
  return link;
}

function keys(rows, press) {
  return element("div", "keys", ...rows.map((row) => element("div", "", ...row.map((key) => {
    const button = element(key.url ? "a" : "button", "button", key.text);
    if (key.url) Object.assign(button, { href: key.url, target: "_blank", rel: "noopener noreferrer" });
    else {
      button.type = "button";
      button.addEventListener("click", () => press(key.text));
    }
    return button;
  }))));
}

export function option(id, name) {
  const made = element("option", "", name);
  made.value = id;
  return made;
}

export function nothing() {
  return element("p", "nothing", "Chưa có tin nhắn.");
}

export function command(offered, act) {
  const button = element("button", "", element("span", "", offered.words), element("small", "", offered.note));
  button.type = "button";
  button.addEventListener("click", act);
  return element("li", "", button);
}

export function line(request) {
  const method = element("span", "line-method", request.method);
  if (request.person) method.append(element("span", "", ` · ${request.person}`));
  const tone = request.good ? "in_time" : request.status ? "overdue" : "waiting";
  const words = request.good ? "xong" : request.status ? String(request.status) : "đang chờ";
  const summary = element("summary", "", element("span", "line-time", request.time), method, element("span", `tag tone-${tone}`, words));
  if (request.summary) summary.append(element("span", "line-summary", request.summary));
  const details = element("details", "", summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1)
      details.append(element("h3", "", "Yêu cầu"), element("pre", "", request.asked), element("h3", "", "Trả lời"), element("pre", "", request.answered));
  });
  const item = element("li", "line", details);
  Object.assign(item.dataset, { number: request.number, status: request.status });
  return item;
}
