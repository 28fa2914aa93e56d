// Live updates: an event says that something changed, the page asks for its
// parts anew and replaces only what differs from what the server sent before.

import { countAll, refocus, restore, snapshot } from "./fields.js";
import { syncModal } from "./modal.js";

const sent = new WeakMap(); // element → the HTML the server sent for it
let running = null, again = false;

function remember(root) {
	for (const el of root.querySelectorAll("[data-part], [data-key]")) sent.set(el, el.outerHTML);
}

// refresh brings the page up to date with the moment of the call.
export function refresh() {
	again = Boolean(running);
	running ??= (async () => {
		do {
			again = false;
			await load();
		} while (again);
	})().finally(() => { running = null; });
	return running;
}

async function load() {
	const { as, in: place, thread } = document.body.dataset;
	const query = new URLSearchParams({ as, in: place, thread });
	let answer;
	try {
		answer = await fetch("/page/parts?" + query);
	} catch {
		return; // the event source tells that the connection is gone
	}
	if (answer.status === 404) location.assign("/?" + new URLSearchParams({ as }));
	if (!answer.ok) return;
	const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
	remember(fresh);
	for (const part of document.querySelectorAll("[data-part]")) {
		const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
		if (next) replace(part, next);
	}
	showUnread();
}

function replace(part, next) {
	if (part.dataset.part === "modal") syncModal(part, next, patchKeyed);
	else if ("keyed" in part.dataset) patchList(part, next);
	else patchWhole(part, next);
}

function patchWhole(part, next) {
	if (sent.get(part) === sent.get(next)) return;
	const kept = snapshot(part);
	sent.set(part, sent.get(next));
	restore(next, kept);
	if (next.dataset.viewId) part.dataset.viewId = next.dataset.viewId;
	part.replaceChildren(...next.childNodes);
	refocus(part, kept);
	countAll(part);
}

// patchList keeps a reader who is at the end of the list at the end.
function patchList(part, next) {
	const box = part.closest(".scroll");
	const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
	const changed = patchKeyed(part, next);
	if (changed && atEnd) box.scrollTop = box.scrollHeight;
}

// patchKeyed makes the children of list those of next, and keeps every child
// whose HTML the server did not change, with all that happened to it since.
export function patchKeyed(list, next) {
	const old = new Map([...list.children].map((el, i) => [keyOf(el, i), el]));
	let changed = false, at = list.firstElementChild;
	[...next.children].forEach((el, i) => {
		const was = old.get(keyOf(el, i));
		old.delete(keyOf(el, i));
		const same = was && htmlOf(was) === htmlOf(el);
		const use = same ? was : el;
		const kept = was && !same ? snapshot(was) : null;
		if (kept) restore(el, kept);
		if (was && !same) {
			if (at === was) at = was.nextElementSibling;
			was.remove();
		}
		if (use === at) at = at.nextElementSibling;
		else list.insertBefore(use, at);
		if (kept) refocus(list, kept);
		changed ||= !same;
	});
	for (const el of old.values()) el.remove();
	if (changed) countAll(list);
	return changed || old.size > 0;
}

const keyOf = (el, i) => el.dataset.key ?? "at-" + i;
const htmlOf = (el) => sent.get(el) ?? el.outerHTML;

function showUnread() {
	let unread = 0;
	for (const el of document.querySelectorAll("#sidebar [data-unread]")) unread += Number(el.dataset.unread);
	document.title = (unread ? `(${unread}) ` : "") + document.title.replace(/^\(\d+\) /, "");
}

export function connect() {
	remember(document);
	const offline = document.getElementById("offline");
	const source = new EventSource("/page/live?" + new URLSearchParams({ as: document.body.dataset.as }));
	source.addEventListener("ready", async () => {
		await refresh();
		offline.hidden = true;
		document.body.dataset.live = "on";
	});
	source.addEventListener("change", refresh);
	source.addEventListener("error", () => {
		offline.hidden = false;
		document.body.dataset.live = "off";
	});
	addEventListener("pagehide", () => source.close());
}
