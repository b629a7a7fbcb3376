import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Chip, errorWords, Notice } from "../ui/states";
import { addComment, readComments, resolveComment, type StudioDraft } from "./api";

interface Props {
  draft: StudioDraft;
  /** What is being looked at: a comment is about it. */
  file?: string;
  element?: string | null;
}

/** What people say about the draft and its elements; what is dealt with stays, struck through. */
export function Comments({ draft, file = "", element = null }: Props): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [error, setError] = useState<unknown>(null);
  const comments = useQuery({ queryKey: ["draft-comments", draft.id], queryFn: () => readComments(draft.id) });
  const act = async (doing: Promise<unknown>) => {
    try {
      await doing;
      setError(null);
      await client.invalidateQueries({ queryKey: ["draft-comments", draft.id] });
    } catch (refused) {
      setError(refused);
    }
  };
  const send = () =>
    act(addComment(draft.id, { file, element: element ?? "", text: text.trim() }).then(() => setText("")));
  return (
    <section className="panel studio-comments">
      <h2>{t("studio.comments")}</h2>
      {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
      {comments.data?.items.length === 0 ? <p className="faint">{t("studio.comments.none")}</p> : null}
      <ul className="studio-revisions">
        {comments.data?.items.map((one) => (
          <li key={one.id} className={one.resolvedAt ? "is-resolved" : undefined}>
            <span>
              <strong>{one.text}</strong>
              <small>
                {one.by?.name ?? t("who.system")} · <Moment at={one.at} />
                {one.file ? (
                  <>
                    {" · "}
                    <Link
                      to={`?view=edit&file=${encodeURIComponent(one.file)}&element=${encodeURIComponent(one.element)}`}
                    >
                      {one.element || one.file}
                    </Link>
                  </>
                ) : null}
              </small>
            </span>
            {one.resolvedAt ? (
              <Chip tone="good" icon="done">
                {t("studio.comments.resolved", { who: one.resolvedBy?.name ?? "" })}
              </Chip>
            ) : (
              <Button icon="check" onClick={() => void act(resolveComment(draft.id, one.id))}>
                {t("studio.comments.resolve")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <label className="field">
        <span>{element ? t("studio.comments.about", { element }) : t("studio.comments.new")}</span>
        <textarea
          className="input"
          rows={2}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button icon="message" disabled={text.trim() === ""} onClick={() => void send()}>
        {t("studio.comments.send")}
      </Button>
    </section>
  );
}
