/** The picture above the panel: the drawn poses at once, the moving figure when it is there and can be shown. */
import { type Film, type Look, readFilm } from "../contract/film";
import { type Cue, isTalk, type Score, sideOf } from "../contract/score";
import type { Side } from "../contract/side";
import { breath } from "../device/breath";
import type { Stage } from "../figure/stage";
import { farFrame, frameShown, roundsShown, stillOf } from "../figure/timing";
import { found } from "../page/parts";
import { say } from "../page/say";
import type { Place } from "./clock";
import { frameAt } from "./frames";

const LOOKS: Look[] = ["own", "side", "front"];
const NEXT_LOOK: Record<Look, string> = { own: say("Side"), side: say("Front"), front: say("Turned") };

export class Picture {
  private image: HTMLImageElement;
  private canvas: HTMLCanvasElement;
  private stage: Stage | null = null;
  private script: Promise<typeof import("../figure/stage")> | null = null;
  private films = new Map<string, Film | null>();
  private look: Look = "own";
  private shown = 0;
  private drawnAt = 0;
  isSlow = false;
  private isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor(art: HTMLElement, private score: Score) {
    this.image = art.querySelector("img")!;
    this.canvas = art.querySelector("canvas")!;
  }

  /** Fetch all films and the figure's script, for the app may not answer later. */
  fetch(): void {
    for (const drill of Object.keys(this.score.drills)) this.film(drill);
    this.script = import("../figure/stage");
    this.script.catch(() => {});
  }

  /** Raise the figure once it is to be seen; without its script, or without WebGL, the drawn poses stay. The page
   *  answers to keys and fingers between the steps. */
  async raise(): Promise<void> {
    try {
      const { Stage, THEMES } = await this.script!;
      await breath();
      const dark = matchMedia("(prefers-color-scheme: dark)"), { dataset } = document.documentElement;
      const theme = () => THEMES[(dataset.theme ? dataset.theme === "dark" : dark.matches) ? "dark" : "light"];
      const stage = this.stage = await Stage.raised(this.canvas, theme());
      dark.addEventListener("change", () => stage.wear(theme()));
      this.tellTools();
    } catch {
      this.stage = null;
    }
  }

  turn(): void {
    this.look = LOOKS[(LOOKS.indexOf(this.look) + 1) % LOOKS.length];
    this.stage?.from(this.look);
    this.tellTools();
  }

  /** Draw the figure for a moment of the session; `now` in milliseconds moves what is only shown. */
  draw(cues: readonly Cue[], at: Place, now: number): void {
    const cue = cues[at.index], drill = cue.drill ?? cues[at.index - 1]?.drill;
    if (!drill) return;
    const side = sideOf(cue) ?? sideAhead(cues, at.index), film = this.film(drill);
    if (!this.stage || !film) {
      this.poster(drill, side ?? "right");
      return;
    }
    this.image.hidden = true;
    this.canvas.hidden = false;
    this.shown += isTalk(cue) ? Math.min(100, now - this.drawnAt) / 1000 : 0;
    this.drawnAt = now;
    const exact = this.frame(film, cues, at), frame = this.isStill && !this.isSlow ? stillOf(film, exact) : exact;
    const { load_kg, takes_turns: takesTurns } = this.score.drills[drill], holds = load_kg > 0;
    if (takesTurns) {
      const turn = cue.turn ?? (isTalk(cue) ? turnShown(film, this.shown, this.speed, frame) : "left");
      const swapped = turn === "left" || isTalk(cue) ? "right" : "left";
      this.stage.show({ film, working: film.swaps ? swapped : turn, colours: turn, takesTurns, holds });
    } else {
      this.stage.show({ film, working: side ?? "right", colours: side ?? "none", takesTurns, holds });
    }
    this.stage.draw(frame);
  }

  private tellTools(): void {
    const look = found('[data-do="look"]');
    look.hidden = found('[data-do="slow"]').hidden = false;
    look.textContent = NEXT_LOOK[this.look];
  }

  private get speed(): number {
    return this.isSlow ? 0.4 : 1;
  }

  private frame(film: Film, cues: readonly Cue[], at: Place): number {
    return isTalk(cues[at.index]) ? frameShown(film, this.shown, this.speed) : frameAt(film, cues, at);
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
      const film = this.score.drills[drill].film;
      if (typeof film !== "string") this.films.set(drill, film);
      else void fetch(film)
        .then(async (answer) => this.films.set(drill, answer.ok ? readFilm(await answer.json()) : null))
        .catch(() => this.films.delete(drill));
    }
    return this.films.get(drill) ?? null;
  }
}

/** Whose turn a film shows that runs by itself: round by round, or out and back where the sides swap. */
function turnShown(film: Film, shown: number, speed: number, frame: number): Side {
  if (film.swaps) return frame > 0 && frame <= farFrame(film) ? "left" : "right";
  return roundsShown(film, shown, speed) % 2 ? "right" : "left";
}

/** The side that is worked next, for words before the first set. */
function sideAhead(cues: readonly Cue[], index: number): Side | undefined {
  const item = cues[index].item;
  for (let i = index; i < cues.length && cues[i].item === item; i++) {
    if (cues[i].kind === "get_ready") return cues[i].side;
  }
  for (let i = index; i >= 0; i--) if (cues[i].side) return cues[i].item === item ? cues[i].side : undefined;
  return undefined;
}
