/** The picture above the panel: the drawn poses at once, the moving figure when it is there and can be shown. */
import type { Film } from "../figure/film";
import type { Stage } from "../figure/stage";
import { frameIn, frameShown, stillOf } from "../figure/timing";
import type { Score } from "./app";
import { type Cue, isTalk, type Place, type Side } from "./clock";
import { isWayBack } from "./moments";

type Look = "own" | "side" | "front";
const LOOKS: Look[] = ["own", "side", "front"];
const NEXT_LOOK: Record<Look, string> = { own: "Side", side: "Front", front: "Turned" };

export class Picture {
  private image: HTMLImageElement;
  private canvas: HTMLCanvasElement;
  private stage: Stage | null = null;
  private films = new Map<string, Film | null>();
  private look: Look = "own";
  private shown = 0;
  private drawnAt = 0;
  isSlow = false;
  private isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor(art: HTMLElement, private score: Score, private tellsTools: (nextLook: string) => void) {
    this.image = art.querySelector("img")!;
    this.canvas = art.querySelector("canvas")!;
  }

  /** Fetch the figure's script; without it, or without WebGL, the drawn poses stay. */
  async start(): Promise<void> {
    try {
      const { Stage, THEMES } = await import("../figure/stage");
      const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
      this.stage = new Stage(this.canvas, THEMES[isDark ? "dark" : "light"]);
      this.tellsTools(NEXT_LOOK[this.look]);
    } catch {
      this.stage = null;
    }
  }

  turn(): void {
    this.look = LOOKS[(LOOKS.indexOf(this.look) + 1) % LOOKS.length];
    this.stage?.from(this.look);
    this.tellsTools(NEXT_LOOK[this.look]);
  }

  /** Draw the figure for a moment of the session; `now` in milliseconds moves what is only shown. */
  draw(cues: readonly Cue[], at: Place, now: number): void {
    const cue = cues[at.index], drill = cue.drill ?? cues[at.index - 1]?.drill;
    if (!drill) return;
    const colours = cue.side ?? sideAhead(cues, at.index), working: Side = colours ?? "right";
    const film = this.film(drill);
    if (!this.stage || !film) {
      this.poster(drill, working);
      return;
    }
    this.image.hidden = true;
    this.canvas.hidden = false;
    this.stage.show(film, working, colours ?? "none");
    this.shown += isTalk(cue) ? Math.min(100, now - this.drawnAt) / 1000 : 0;
    this.drawnAt = now;
    const frame = this.frame(film, cue, at);
    this.stage.draw(this.isStill && !this.isSlow ? stillOf(film, frame) : frame);
  }

  private frame(film: Film, cue: Cue, at: Place): number {
    if (isTalk(cue)) return frameShown(film, this.shown, this.isSlow ? 0.4 : 1);
    const share = cue.seconds > 0 ? at.passed / cue.seconds : 0;
    const phase = cue.kind === "hold" ? "hold" : cue.kind === "move" ? (isWayBack(cue) ? "back" : "out") : "wait";
    return frameIn(film, phase, share);
  }

  private poster(drill: string, side: Side): void {
    const address = this.score.drills[drill].posters[side];
    if (this.image.getAttribute("src") !== address) this.image.src = address;
    this.image.hidden = false;
    this.canvas.hidden = true;
  }

  private film(drill: string): Film | null {
    if (!this.films.has(drill)) {
      this.films.set(drill, null);
      void fetch(this.score.drills[drill].film)
        .then((answer) => (answer.ok ? (answer.json() as Promise<Film>) : null))
        .then((film) => this.films.set(drill, film))
        .catch(() => this.films.delete(drill));
    }
    return this.films.get(drill) ?? null;
  }
}

/** The side that is worked next, for words before the first set. */
function sideAhead(cues: readonly Cue[], index: number): Side | undefined {
  const item = cues[index].item;
  for (let i = index; i < cues.length && cues[i].item === item; i++) if (cues[i].kind === "get_ready") return cues[i].side;
  for (let i = index; i >= 0; i--) if (cues[i].side) return cues[i].item === item ? cues[i].side : undefined;
  return undefined;
}
