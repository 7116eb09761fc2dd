/** All ways to steer the player: keys on the page, of a keyboard, a headset or a lock screen, and the voice. */
import type { Ear, Order } from "../device/hear";
import { listening } from "../page/listening";
import { found } from "../page/parts";
import { connectKeys } from "./keys";
import type { Player } from "./player";

type Doing = Record<string, () => void>;

/** Connect the keys that the page draws by what they do; `more` are those of its dialogs. */
export function connectPage(player: Player, more: Doing[]): void {
  const { picture, heard, app } = player;
  const doing: Doing = Object.assign({
    begin: () => void player.begin(), pause: () => player.toggle(), next: () => player.next(),
    back: () => player.back(), leave: () => player.leave(),
    sound: () => heard.nextChoice(), look: () => picture.turn(), slow: () => slow(player),
    full: () => player.full.toggle(), stops: () => player.stops.toggle(),
    reload: () => location.reload(), "go-home": () => app.leave(),
  }, ...more);
  document.addEventListener("click", (event) => {
    heard.wake();
    doing[(event.target as Element).closest<HTMLElement>("[data-do]")?.dataset.do ?? ""]?.();
  });
}

function slow({ picture }: Player): void {
  picture.isSlow = !picture.isSlow;
  found('[data-do="slow"]').setAttribute("aria-pressed", String(picture.isSlow));
}

export function connectDevices(player: Player): void {
  connectKeys({
    play: () => { if (player.isPaused) player.resume(); }, halt: () => { if (!player.isPaused) player.toggle(); },
    pause: () => player.toggle(), next: () => player.next(), back: () => player.back(),
    pain: () => player.dialogs.hurts(), repeat: () => player.sayAgain(), stops: () => player.stops.toggle(),
    mute: () => player.heard.nextChoice(), isOpen: () => isFree(player),
  });
}

/** Let what is said steer the player; null where the browser hears nothing. */
export function connectVoice(player: Player): Ear | null {
  const goOn = () => { if (player.hasBegun) player.resume(); };
  return listening((order) => obey(player, order), () => player.pause(), goOn);
}

/** Whether the player is played and nothing else is asked. */
const isFree = (player: Player): boolean => player.isPlaying && !document.querySelector("dialog[open]");

function obey(player: Player, order: Order): void {
  if (!isFree(player)) return;
  const doing: Record<Order, () => void> = {
    pain: () => player.dialogs.hurts(), "too-much": () => player.dialogs.tooMuch(),
    pause: () => { if (!player.isPaused) player.toggle(); }, "go-on": () => { if (player.isPaused) player.resume(); },
    next: () => player.next(), back: () => player.back(), repeat: () => player.sayAgain(true),
    yes: () => player.watching.answer(true), no: () => player.watching.answer(false),
  };
  doing[order]();
}
