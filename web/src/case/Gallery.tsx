import { useState, type ReactElement } from "react";

import type { Attachment } from "../api/types";
import { useI18n } from "../i18n";
import { Lightbox } from "../photos/Lightbox";
import { previewOf } from "../photos/Photos";
import { Icon } from "../ui/Icon";
import { Moment } from "../ui/parts";

function sizeWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Pictures as pictures, everything else as files. */
export function Gallery({ attachments }: { attachments: Attachment[] }): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState<Attachment | null>(null);
  const pictures = attachments.filter((one) => one.previewUrl);
  const files = attachments.filter((one) => !one.previewUrl);
  return (
    <>
      <ul className="gallery">
        {pictures.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => setOpen(one)}>
              <img src={previewOf(one, attachments)} alt={one.name} loading="lazy" />
              <span>
                {t(`role.${one.role}`)} · <Moment at={one.capturedAt ?? one.uploadedAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <ul className="plain-list">
        {files.map((one) => (
          <li key={one.id}>
            <a href={one.url} download className="file-link">
              <Icon name="file" size={18} /> {one.name}
            </a>{" "}
            <span className="faint">{sizeWords(one.size)}</span>
          </li>
        ))}
      </ul>
      {open ? (
        <Lightbox
          photo={open}
          src={previewOf(open, attachments)}
          others={attachments}
          attachment={open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}
