// Gestures: what people do on the page goes to the server as Slack's clients
// would do it; what becomes of it comes back as a live update.

import { count } from "./fields.js";
import { connect, refresh } from "./live.js";
import { clearErrors, show, showErrors, viewForm } from "./modal.js";

const { body } = document;
const words = body.dataset;

// post sends one gesture and tells what the server said. It never throws: a
// gesture that did not arrive is told like one the app did not answer.
async function post(path, params, form) {
	notice("");
	const query = new URLSearchParams({ as: words.as, ...params });
	try {
		const answer = await fetch(path + "?" + query, { method: "POST", body: form ?? new FormData() });
		const said = await answer.json();
		if (said.notice) notice(said.notice);
		return said;
	} catch {
		notice(words.wordFailed);
		return { keep: true };
	} finally {
		await refresh();
	}
}

// notice stands inside the dialog when one is open: outside it is inert.
function notice(text) {
	for (const id of ["notice", "modal-notice"]) {
		const line = document.getElementById(id);
		if (!line) continue;
		const here = text && (id === "modal-notice") === Boolean(viewForm());
		line.hidden = !here;
		line.textContent = here ? text : "";
	}
}

// once ignores a second press while the first is on its way.
async function once(el, work) {
	if (!el || el.getAttribute("aria-disabled")) return;
	el.setAttribute("aria-disabled", "true");
	try {
		await work();
	} finally {
		el.removeAttribute("aria-disabled");
	}
}

// act tells the app of a button, select or field, after asking where the app
// wants that.
async function act(el, value) {
	if (!await confirmed(el)) return;
	const action = el.dataset.actionId;
	const form = el.closest("#view-form"), home = el.closest("#home"), message = el.closest("article");
	el.closest("details.menu")?.removeAttribute("open");
	if (form) return post("/page/view/click", { view: form.dataset.viewId, action, value }, new FormData(form));
	if (home) return post("/page/view/click", { view: home.dataset.viewId, action, value });
	await post("/page/click", { in: words.in, ts: message.dataset.ts, action, value });
	if (el.tagName === "SELECT") el.value = [...el.options].find((o) => o.defaultSelected)?.value ?? "";
}

// confirmed asks with the app's own words; the template stands after the control.
async function confirmed(el) {
	if (!("confirm" in el.dataset)) return true;
	const question = (el.closest("details.overflow") ?? el).nextElementSibling;
	const dialog = document.getElementById("confirm"), box = document.getElementById("confirm-body");
	box.replaceChildren(question.content.cloneNode(true));
	dialog.returnValue = "";
	dialog.showModal();
	await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
	const yes = dialog.returnValue === "yes";
	if (!yes && el.tagName === "SELECT") el.value = [...el.options].find((o) => o.defaultSelected)?.value ?? "";
	return yes;
}

const closeView = () => once(document.getElementById("view-close"), () =>
	post("/page/view/close", { view: viewForm().dataset.viewId }));

async function submitView(form) {
	await once(document.getElementById("view-submit"), async () => {
		const said = await post("/page/view/submit", { view: form.dataset.viewId }, new FormData(form));
		if (said.errors && form.isConnected && !showErrors(form, said.errors)) notice(Object.values(said.errors).join(" "));
	});
}

async function send(form) {
	const field = form.elements.text, text = field.value;
	if (!text.trim()) return;
	await once(form.querySelector(".send"), async () => {
		const typed = new FormData(form);
		const said = await post("/page/send", { in: words.in, thread: form.dataset.thread ?? "" }, typed);
		if (said.keep) return;
		if (field.value.trim() === text.trim()) field.value = "";
		sessionStorage.setItem(draftKey(form), field.value);
		showCommands(form);
		const box = form.parentElement.querySelector(".scroll");
		box.scrollTop = box.scrollHeight;
	});
}

// A draft is kept for this tab, person and place while one looks elsewhere.
const draftKey = (form) => ["draft", words.as, words.in, form.dataset.thread ?? ""].join(" ");

function restoreDraft(form) {
	form.elements.text.value ||= sessionStorage.getItem(draftKey(form)) ?? "";
}

// showCommands offers the app's commands while one is being typed.
function showCommands(form) {
	const list = form.querySelector(".commands");
	if (!list) return;
	const typed = form.elements.text.value;
	let any = false;
	for (const button of list.querySelectorAll("[data-command]")) {
		const fits = /^\/\S*$/.test(typed) && button.dataset.command.startsWith(typed) && button.dataset.command !== typed;
		button.parentElement.hidden = !fits;
		any ||= fits;
	}
	list.hidden = !any;
}

function onClick(event) {
	const hit = (selector) => event.target.closest(selector);
	for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
	if (!hit("#menu-button") && !hit("#sidebar")) toggleSidebar(false);
	let el;
	if ((el = hit("#menu-button"))) toggleSidebar(!body.classList.contains("sidebar-open"));
	else if ((el = hit("#confirm button"))) document.getElementById("confirm").close(el.value);
	else if ((el = hit("[data-close]"))) closeView();
	else if ((el = hit("[data-shortcut]"))) pick(el, { callback: el.dataset.shortcut });
	else if ((el = hit("[data-message-shortcut]"))) pick(el, { callback: el.dataset.messageShortcut, in: words.in, ts: hit("article").dataset.ts });
	else if ((el = hit("[data-delete]"))) once(el, () => post("/page/delete", { in: words.in, ts: hit("article").dataset.ts }));
	else if ((el = hit("[data-command]"))) useCommand(el);
	else if ((el = hit("button[data-action-id], a[data-action-id]"))) once(el, () => act(el, el.dataset.value ?? ""));
}

function pick(el, params) {
	const menu = el.closest("details");
	menu.open = false;
	menu.querySelector("summary").focus();
	once(el, () => post("/page/shortcut", params));
}

function useCommand(el) {
	const form = el.closest("form");
	form.elements.text.value = el.dataset.command + " ";
	form.elements.text.focus();
	showCommands(form);
}

function toggleSidebar(open) {
	body.classList.toggle("sidebar-open", open);
	document.getElementById("menu-button")?.setAttribute("aria-expanded", String(open));
	if (open) document.querySelector("#sidebar a, #sidebar summary").focus();
}

function onChange(event) {
	const el = event.target, choices = el.closest(".choices[data-dispatch]");
	if (choices) {
		const values = [...choices.querySelectorAll("input:checked")].map((box) => box.value);
		act(choices, values.join(","));
	} else if (el.dataset.dispatch === "change" && el.matches("select, input")) {
		if (el.value || el.closest("form")) act(el, el.value);
	}
}

function onInput(event) {
	const el = event.target;
	if (el.form?.matches("[data-composer]")) {
		sessionStorage.setItem(draftKey(el.form), el.value);
		showCommands(el.form);
	}
	const block = el.closest("[data-block-id]");
	if (block) clearErrors(block);
	count(el);
	if (el.dataset?.dispatch === "typing") once(el, () => act(el, el.value));
}

function onKey(event) {
	const el = event.target;
	if (event.key === "Escape") return onEscape(event);
	if (event.key !== "Enter" || event.isComposing) return;
	if (el.matches("[data-composer] textarea") && !event.shiftKey) {
		event.preventDefault();
		send(el.form);
	} else if (el.dataset.dispatch === "enter" && el.matches("input")) {
		event.preventDefault();
		act(el, el.value);
	}
}

// Escape undoes the topmost thing: a question, a menu, the dialog, the side bar.
function onEscape(event) {
	if (document.getElementById("confirm").open) return;
	const menu = document.querySelector("details.menu[open]");
	if (menu) {
		menu.open = false;
		menu.querySelector("summary").focus();
		event.preventDefault();
	} else if (viewForm()) {
		event.preventDefault();
		closeView();
	} else {
		toggleSidebar(false);
	}
}

function onSubmit(event) {
	if (event.target.method === "dialog") return;
	event.preventDefault();
	if (event.target.id === "view-form") submitView(event.target);
	else if (event.target.matches("[data-composer]")) send(event.target);
}

document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("input", onInput);
document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
document.addEventListener("cancel", (event) => {
	if (event.target.id === "modal") event.preventDefault();
}, true);

connect();
show(document.getElementById("modal"));
document.querySelectorAll("[data-composer]").forEach(restoreDraft);
for (const box of document.querySelectorAll(".scroll[role=log]")) box.scrollTop = box.scrollHeight;
if (words.in === "home") post("/page/home", {});
