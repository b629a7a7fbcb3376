import { useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactElement, type SubmitEvent } from "react";

import { request } from "../api/client";
import { useTokens } from "../api/queries";
import type { AccessToken, NewAccessToken } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Moment } from "../ui/parts";
import { errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

const DAYS = [30, 90, 365];

/** Keys for programs that act for this person. A key is shown once, when it is made. */
export function Tokens(): ReactElement {
  const { t } = useI18n();
  const query = useTokens();
  const [made, setMade] = useState<NewAccessToken | null>(null);
  return (
    <section className="panel">
      <h2>{t("me.tokens")}</h2>
      <p className="faint">
        {t("me.tokensHint")} <a href="/api/docs">{t("me.apiDocs")}</a>
      </p>
      {made ? (
        <Notice tone="good">
          <p>{t("me.tokenOnce")}</p>
          <code className="hash token">{made.token}</code>
        </Notice>
      ) : null}
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ul className="plain-list tokens">
          {query.data.map((token) => (
            <li key={token.id}>
              <TokenRow token={token} />
            </li>
          ))}
        </ul>
      )}
      <NewToken onMade={setMade} />
    </section>
  );
}

function TokenRow({ token }: { token: AccessToken }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const revoke = async () => {
    try {
      await request(`/me/tokens/${encodeURIComponent(token.id)}`, { method: "DELETE" });
      await client.invalidateQueries({ queryKey: ["tokens"] });
      toast(t("me.tokenRevoked", { name: token.name }));
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
  return (
    <div className="token-row">
      <Icon name="key" />
      <span>
        <strong>{token.name}</strong>
        <small>
          {t("me.tokenExpires")} <Moment at={token.expiresAt} />
          {" · "}
          {token.lastUsedAt ? (
            <>
              {t("me.tokenUsed")} <Moment at={token.lastUsedAt} relative />
            </>
          ) : (
            t("me.tokenUnused")
          )}
        </small>
      </span>
      <Button icon="trash" aria-label={t("me.tokenRevoke", { name: token.name })} onClick={() => void revoke()} />
    </div>
  );
}

function NewToken({ onMade }: { onMade: (token: NewAccessToken) => void }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const id = useId();
  const [name, setName] = useState("");
  const [days, setDays] = useState(DAYS[1] ?? 90);
  const [problem, setProblem] = useState("");
  const make = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      onMade(
        await request<NewAccessToken>("/me/tokens", {
          method: "POST",
          json: { name: name.trim(), expiresInDays: days },
        }),
      );
      setName("");
      setProblem("");
      await client.invalidateQueries({ queryKey: ["tokens"] });
    } catch (error) {
      setProblem(errorWords(error, t));
    }
  };
  return (
    <form className="inline-form" onSubmit={(event) => void make(event)}>
      <label className="field" htmlFor={`${id}name`}>
        <span>{t("me.tokenName")}</span>
        <input
          id={`${id}name`}
          className="input"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field" htmlFor={`${id}days`}>
        <span>{t("me.tokenDays")}</span>
        <select
          id={`${id}days`}
          className="input"
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {t("time.days", { n: one })}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" icon="plus">
        {t("me.tokenMake")}
      </Button>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </form>
  );
}
