import type { ReactElement } from "react";

import type { Attachment } from "../api/types";
import { useI18n } from "../i18n";
import { Icon } from "../ui/Icon";
import { Facts, Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import type { PhotoValue } from "./device";

interface Props {
  photo: PhotoValue;
  src: string;
  attachment: Attachment | undefined;
  onClose: () => void;
}

/** One picture, large, with what proves it: when, where, by whom, and the hash of the original. */
export function Lightbox({ photo, src, attachment, onClose }: Props): ReactElement {
  const { t } = useI18n();
  return (
    <Sheet title={attachment?.name ?? t("photo.one")} onClose={onClose} wide>
      <img className="lightbox" src={src} alt={attachment?.name ?? t("photo.one")} />
      <Facts
        rows={[
          ...(attachment?.capturedAt
            ? [[t("photo.captured"), <Moment key="at" at={attachment.capturedAt} />] as [string, ReactElement]]
            : []),
          ...(attachment ? [[t("photo.by"), attachment.uploadedBy.name] as [string, string]] : []),
          ...(attachment ? [[t("photo.source"), t(`photo.source.${attachment.source}`)] as [string, string]] : []),
          [t("photo.place"), attachment?.gps ?? t("photo.noPlace")],
          [
            t("photo.hash"),
            <code key="hash" className="hash">
              {photo.sha256}
            </code>,
          ],
        ]}
      />
      {attachment ? (
        <a className="button button-plain" href={attachment.url} download>
          <Icon name="download" /> <span>{t("photo.original")}</span>
        </a>
      ) : null}
    </Sheet>
  );
}
