/* Made by scripts/api-types.mjs from openapi.json. */
export interface paths {
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and the CSRF token of the session */
        get: operations["getSession"];
        put?: never;
        /** Sign in: sets the session's cookie */
        post: operations["signIn"];
        /** Sign out: the session ends on the server */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a client must know before anybody signs in */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's own settings */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password: every other session of the person ends */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own access tokens, without their text */
        get: operations["listTokens"];
        put?: never;
        /** Make an access token: it may what its person may, and its text is shown only now */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an access token at once */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of one's tasks: claimed by me, available to me, late, due today, or done by me */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many tasks each view holds, counted up to 999 */
        get: operations["countTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One task with its form, its data, one's draft, and what one may do; ETag is its version */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Keep what has been filled in so far; nobody else sees it */
        put: operations["saveDraft"];
        post?: never;
        /** Throw the draft away */
        delete: operations["deleteDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the task for oneself */
        post: operations["claimTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/unclaim": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the task back to all its candidates */
        post: operations["unclaimTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/delegate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand one's task to another candidate: for good, or so that what they hand in comes back */
        post: operations["delegateTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/send-back": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return the work to an earlier step of the same branch, with a reason; resubmitting it goes on from there */
        post: operations["sendTaskBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a task that one has completed, while nobody has touched the next one */
        post: operations["withdrawTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/signers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask others to sign: before one completes the task, or after, before the work moves on */
        post: operations["addSigners"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree or not, where somebody has asked for one's signature */
        post: operations["signTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a task to one of its candidates, or borrow somebody; needs the permission to assign in this case */
        post: operations["assignTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in the form's data and end the task; `fields` of a refusal say what is wrong where */
        post: operations["completeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** People who might get the task, those who may first, with the reason why somebody may not */
        get: operations["listCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The items of a task's checklist with all answers so far; none where the task has no checklist */
        get: operations["getChecklist"];
        put?: never;
        /** Answer items, all of these or none, in any order; an id that was recorded before changes nothing */
        post: operations["answerItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The current version of each deployed process, and what to fill in to start it */
        get: operations["listDefinitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/definitions/{process}/diagram": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                process: string;
            };
            cookie?: never;
        };
        /** The diagram that new cases of a process follow */
        get: operations["getDefinitionDiagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of the cases that one may see */
        get: operations["listCases"];
        put?: never;
        /** Start a case */
        post: operations["startCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One case with its data, tasks, incidents and attachments */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/diagram": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The diagram of the case's own release, byte for byte, and what happened at each element */
        get: operations["getDiagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** What happened, entry by entry: who asked for what, and what followed */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Is the history whole, and does deciding it again lead to the same events? */
        get: operations["getVerification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the case for now: nobody can act in it, and its timers wait */
        post: operations["suspendCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a suspended case go on */
        post: operations["resumeCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the case for good; its history stays */
        post: operations["cancelCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/variables": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the case's data right, with a reason that stays in its history */
        post: operations["changeVariables"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave one element and go on at another of the same scope */
        post: operations["moveToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/migrate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with another release, with every token and task, or not at all */
        post: operations["migrateCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/requests/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for something that the running case offers, by its form: an extension, a transfer */
        post: operations["askInCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/at/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        /** The case just after one of its entries: diagram, data, tasks, deadlines, decisions of that moment */
        get: operations["getCaseAt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/at": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The case as it was at a date */
        get: operations["getCaseWhen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/seal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Is every entry in the signed log over all cases, and has a witness outside seen it? */
        get: operations["getSeal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/security-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the log over all histories sealed and seen by its witness? */
        get: operations["getLogState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Everything that it takes to check the case without us, as a ZIP; that it was handed out is recorded */
        get: operations["getEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file; the same clientId again gives the same attachment */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The original, bit for bit, as a download; ranges are answered */
        get: operations["download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The picture drawn anew as a JPEG of at most 1280 pixels, without metadata */
        get: operations["preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of the papers of the cases that one may see, the newest first */
        get: operations["listDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        /** One paper: what it says and what became of it */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{number}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Serve it, sign for it, record a refusal with a witness, or declare it void */
        post: operations["noteDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{number}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        /** The paper on A4, as a download */
        get: operations["printDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every register with its columns and what it can be filtered by */
        get: operations["listRegisters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One page of the rows that one may see, what changed last first */
        get: operations["listRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{id}/count": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** How many rows fit; 999 and `more` from there on */
        get: operations["countRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{id}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The rows as CSV in UTF-8, streamed; what a spreadsheet would take for a formula begins with an apostrophe */
        get: operations["exportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/hazards/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hazards in the shape of the public interface for hazard data, as JSON, CSV or XML */
        get: operations["exportHazards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{id}/rows/{row}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                row: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Write a row of a register that people keep, as it is from now on */
        put: operations["keepRow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{id}/views": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One's own views of a register, and those that others share */
        get: operations["listSavedViews"];
        put?: never;
        /** Give filters a name */
        post: operations["saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{id}/views/{view}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                view: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a view of one's own */
        delete: operations["dropView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The overdue ladder of hazards, and the worst with owner and escalation */
        get: operations["getOverdue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which sites were visited for which requirement, and where the gaps are */
        get: operations["getCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/hazards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hazards by grade, unit, checklist item, and whether they came back */
        get: operations["getHazards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/joint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The indicators of joint inspection */
        get: operations["getJoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/workload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open, late and completed tasks of each person; one's own, without the permission to assign */
        get: operations["getWorkload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in a message: it is delivered to the case that waits for it, starts one, or waits itself */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Broadcast a signal to every case that listens now */
        post: operations["sendSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of the incidents in cases that one may see, the newest first */
        get: operations["listIncidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again what could not be done */
        post: operations["retryIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of what one was told, the newest first */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many are unread */
        get: operations["countUnread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark one as read */
        post: operations["readNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark all as read */
        post: operations["readAllNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one wants to be told outside the application */
        get: operations["getContact"];
        /** Change how one wants to be told. Without `channels`, everything comes by mail */
        put: operations["setContact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of the deliveries of one's cases, the newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many wait, fail and are dead */
        get: operations["countDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again to deliver one that failed */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again to deliver every dead letter of one's cases */
        post: operations["retryAllDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up one that failed, with a reason that stays with it */
        post: operations["dropDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registered targets and which kinds of notifications each is always sent */
        get: operations["listListeningTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Choose which kinds of notifications a target is always sent */
        put: operations["chooseKinds"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The registered targets, without addresses and secrets */
        get: operations["listTargets"];
        put?: never;
        /** Register a target: its address and secret are never shown again */
        post: operations["registerTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Turn a target on or off */
        patch: operations["changeTarget"];
        trace?: never;
    };
    "/api/v1/targets/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message now, and say what the other side answered */
        post: operations["testTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The open incidents of one's cases by process, element and cause, the most frequent first */
        get: operations["listIncidentGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One incident, and what its element sees */
        get: operations["getIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The tokens of a case that may be moved, each with the elements of its scope that it may go on at */
        get: operations["listTokensOfCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A dry run of one action on many cases: a verdict for each, and nothing done. The answer's id runs it */
        post: operations["planOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** How far an operation of one's own is, and what became of each case */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do what was planned: a command for each case, which changes it whole or not at all */
        post: operations["runOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the cases that have not been reached as they are */
        post: operations["stopOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The releases, the newest first */
        get: operations["listReleases"];
        put?: never;
        /** Deploy diagrams, decisions and forms together; refused as a whole, with every problem found */
        post: operations["deployRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one release changes in another: elements, table cells and form fields, with a summary in words */
        get: operations["compareReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        /** One release and the files it holds */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{hash}/diagrams/{process}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
                process: string;
            };
            cookie?: never;
        };
        /** The diagram of a process, byte for byte as it was deployed */
        get: operations["getReleaseDiagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagrams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The diagrams of the library, the newest first */
        get: operations["listLibrary"];
        put?: never;
        /** Keep a .bpmn file of any tool; a file that is kept already is judged anew */
        post: operations["addToLibrary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagrams/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        /** A diagram, and why it cannot run: each problem with its element and line */
        get: operations["getLibraryDiagram"];
        put?: never;
        post?: never;
        /** Take a diagram out of the library */
        delete: operations["removeFromLibrary"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagrams/{sha256}/file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        /** The file, byte for byte as it came, as a download */
        get: operations["getLibraryFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest version of each series, and what to warn about */
        get: operations["listCalendars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{series}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        /** The newest version of a series */
        get: operations["getCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{series}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        /** The versions of a series, the newest first */
        get: operations["listCalendarVersions"];
        put?: never;
        /** Publish the next version; running cases adopt it one by one */
        post: operations["publishCalendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{series}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
                version: string;
            };
            cookie?: never;
        };
        /** One version, as it was published */
        get: operations["getCalendarVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{series}/year": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a year from the public holidays or a file; nothing is stored */
        post: operations["readCalendarYear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{series}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which deadlines publishing these rules would move; nothing is changed */
        post: operations["previewCalendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database, worker and files answer; otherwise 503 */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["apiHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database, worker and files answer; otherwise 503 */
        get: operations["apiHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roles, competences, ties and kinds of unit that can be given */
        get: operations["getVocabulary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation tree, a unit before those below it */
        get: operations["listUnits"];
        put?: never;
        /** Add a unit */
        post: operations["createUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a unit, or end it */
        patch: operations["changeUnit"];
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People by name, of a unit and all below it */
        get: operations["listPeople"];
        put?: never;
        /** Add a person, who cannot sign in until the security administrator gives a password */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One person with roles, competence and ties */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename, move or disable a person; where they worked before is kept as a tie */
        patch: operations["changePerson"];
        trace?: never;
    };
    "/api/v1/people/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a first or new password; the person's sessions end */
        post: operations["givePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift the lock that too many failed attempts brought */
        post: operations["unlockPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a role for a unit and all below it, for a period */
        post: operations["giveRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a role now; what was done under it stays valid */
        delete: operations["endGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/competences": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a qualification */
        post: operations["addCompetence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/competences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a qualification now */
        delete: operations["endCompetence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/ties": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what may bar a person from a unit */
        post: operations["addTie"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ties/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw a tie */
        delete: operations["endTie"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/security-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What accounts and administrators did, the newest first */
        get: operations["listSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Colleagues by name, to choose one from */
        get: operations["listColleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        /** What forms offer to choose from: `optionsUnits`, `optionsInspectors`, … */
        get: operations["listOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stations whose roster one may see */
        get: operations["listStations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/{station}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        /** A month of a station: who is planned, who is on call now, what was handed over */
        get: operations["getRoster"];
        /** Replace the plan of a month */
        put: operations["planMonth"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/{station}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A plan by rotation, to be looked at and kept */
        post: operations["proposeMonth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster/{station}/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write the note of one's shift for the next */
        post: operations["handOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm that one has read the note of the shift before */
        post: operations["takeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/substitutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who stands in for whom, now and later: oneself, and the people whom one leads */
        get: operations["listSubstitutions"];
        put?: never;
        /** Let somebody act for oneself, or for somebody whom one leads, for a time */
        post: operations["addSubstitution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/substitutions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a substitution now; what was done under it stays valid */
        delete: operations["endSubstitution"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @example urn:duban:problem:invalid-input */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description path → faults */
            fields?: {
                [key: string]: string[];
            };
            problems?: {
                [key: string]: unknown;
            }[];
        };
        PaginationMetadataSchema: {
            /** @description Total number of items. */
            total?: number;
            /** @description Total number of pages. */
            total_pages?: number;
            /** @description First available page number. */
            first_page?: number;
            /** @description Last available page number. */
            last_page?: number;
            /** @description Current page number. */
            page?: number;
            /** @description Previous page number. */
            previous_page?: number;
            /** @description Next page number. */
            next_page?: number;
        };
        SignIn: {
            username: string;
            password: string;
        };
        Unit: {
            id: string;
            name: string;
            nameEn: string;
        };
        Role: {
            /** @example FIELD_INSPECTOR */
            role: string;
            name: string;
            nameEn: string;
            /** @description the unit; the role reaches all units below it too */
            unit: string;
        };
        Person: {
            id: string;
            username: string;
            name: string;
            /** @example zh-CN */
            language: string;
            unit: components["schemas"]["Unit"];
            roles: components["schemas"]["Role"][];
            /**
             * @example [
             *       "cases.start"
             *     ]
             */
            permissions: string[];
        };
        Session: {
            person: components["schemas"]["Person"];
            csrfToken: string;
            demo: boolean;
        };
        DemoAccount: {
            username: string;
            password: string;
            name: string;
            title: string;
            titleEn: string;
        };
        Config: {
            demo: boolean;
            demoAccounts: components["schemas"]["DemoAccount"][];
            version: string;
            languages: string[];
        };
        MeChange: {
            /** @enum {string} */
            language?: "zh-CN" | "en";
        };
        PasswordChange: {
            current: string;
            new: string;
        };
        Token: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string;
        };
        TokenList: {
            items: components["schemas"]["Token"][];
            next: string | null;
        };
        TokenRequest: {
            name: string;
            expiresInDays: number;
        };
        NewToken: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** @description shown this once */
            token: string;
        };
        CaseRef: {
            /** @example 2611-0123456789ab */
            id: string;
            title: string;
        };
        Named: {
            id: string;
            name: string;
        };
        Rung: {
            /** Format: date-time */
            at: string;
            name: string;
            /** @description came due, and waits for something to be decided */
            held: boolean;
        };
        TaskSummary: {
            /** @example 2611-0123456789ab:4 */
            id: string;
            name: string;
            element: string;
            process: string;
            processName: string;
            case: components["schemas"]["CaseRef"];
            /** @enum {string} */
            state: "created" | "claimed" | "completed" | "cancelled";
            assignee: components["schemas"]["Named"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            due: string | null;
            priority: number;
            version: number;
            overdue: boolean;
            nextRung: components["schemas"]["Rung"] | null;
            /** @description a signature that somebody asked for */
            signature: boolean;
        };
        TaskPage: {
            items: components["schemas"]["TaskSummary"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        Count: {
            count: number;
            more: boolean;
        };
        TaskCounts: {
            mine: components["schemas"]["Count"];
            available: components["schemas"]["Count"];
            overdue: components["schemas"]["Count"];
            today: components["schemas"]["Count"];
        };
        Draft: {
            data: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            savedAt: string;
        };
        Attachment: {
            id: string;
            name: string;
            /** @example image/jpeg */
            type: string;
            /** @description bytes */
            size: number;
            sha256: string;
            /** @enum {string} */
            role: "before" | "after" | "evidence" | "document";
            /** @enum {string} */
            source: "CAMERA" | "GALLERY" | "EXTERNAL";
            /** Format: date-time */
            capturedAt: string | null;
            /** @example 38.9421,121.5843 */
            gps: string | null;
            pairOf: string | null;
            uploadedBy: components["schemas"]["Named"];
            /** Format: date-time */
            uploadedAt: string;
            previewUrl: string | null;
            url: string;
        };
        Evidence: {
            /** @description the least number of photos */
            photos: number;
        };
        Permitted: {
            allowed: boolean;
            reason: string | null;
        };
        TaskActions: {
            claim: components["schemas"]["Permitted"];
            unclaim: components["schemas"]["Permitted"];
            complete: components["schemas"]["Permitted"];
            delegate: components["schemas"]["Permitted"];
            assign: components["schemas"]["Permitted"];
            sendBack: components["schemas"]["Permitted"];
            addSigners: components["schemas"]["Permitted"];
            sign: components["schemas"]["Permitted"];
            withdraw: components["schemas"]["Permitted"];
        };
        LadderRung: {
            /** Format: date-time */
            at: string;
            name: string;
            /** @description came due, and waits for something to be decided */
            held: boolean;
            reached: boolean;
            /** @description who was told */
            told: components["schemas"]["Named"][];
        };
        Excluded: {
            person: components["schemas"]["Named"];
            reason: string;
        };
        WayBack: {
            element: string;
            name: string;
            person: components["schemas"]["Named"] | null;
        };
        Returned: {
            by: components["schemas"]["Named"] | null;
            reason: string;
            name: string;
            withdrawn: boolean;
        };
        Opinion: {
            person: components["schemas"]["Named"] | null;
            agree: boolean;
            comment: string;
        };
        Signing: {
            /** @enum {string} */
            when: "before" | "after";
            /** @enum {string} */
            rule: "all" | "any";
            people: components["schemas"]["Named"][];
            opinions: components["schemas"]["Opinion"][];
            agreed: boolean | null;
        };
        Task: {
            /** @example 2611-0123456789ab:4 */
            id: string;
            name: string;
            element: string;
            process: string;
            processName: string;
            case: components["schemas"]["CaseRef"];
            /** @enum {string} */
            state: "created" | "claimed" | "completed" | "cancelled";
            assignee: components["schemas"]["Named"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            due: string | null;
            priority: number;
            version: number;
            overdue: boolean;
            nextRung: components["schemas"]["Rung"] | null;
            /** @description a signature that somebody asked for */
            signature: boolean;
            documentation: string | null;
            /** @description form-js schema, in the language asked for */
            form: {
                [key: string]: unknown;
            } | null;
            data: {
                [key: string]: unknown;
            };
            draft: components["schemas"]["Draft"] | null;
            attachments: components["schemas"]["Attachment"][];
            evidence: components["schemas"]["Evidence"];
            actions: components["schemas"]["TaskActions"];
            rungs: components["schemas"]["LadderRung"][];
            excluded: components["schemas"]["Excluded"][];
            waysBack: components["schemas"]["WayBack"][];
            returned: components["schemas"]["Returned"] | null;
            signing: components["schemas"]["Signing"] | null;
            delegatedBy: components["schemas"]["Named"] | null;
        };
        DataBody: {
            data: {
                [key: string]: unknown;
            };
        };
        Empty: Record<string, never>;
        CaseStatus: {
            id: string;
            status: string;
        };
        TaskAnswer: {
            task: components["schemas"]["TaskSummary"];
            case: components["schemas"]["CaseStatus"];
        };
        Delegation: {
            /** @description id of the person */
            to: string;
            /** @default  */
            note: string;
            /**
             * @description what the other hands in comes back to me
             * @default false
             */
            returns: boolean;
        };
        SendBack: {
            /** @description the element, one of `waysBack` */
            target: string;
            reason: string;
        };
        Withdrawal: {
            /** @default  */
            reason: string;
        };
        Signers: {
            people: string[];
            /**
             * @default before
             * @enum {string}
             */
            when: "before" | "after";
            /**
             * @default all
             * @enum {string}
             */
            rule: "all" | "any";
            /** @default  */
            reason: string;
        };
        Signature: {
            agree: boolean;
            /** @default  */
            comment: string;
        };
        Assignment: {
            /** @description id of the person */
            to: string;
            /** @default  */
            note: string;
            /**
             * @description nobody is eligible: somebody with the role in another unit; needs a note
             * @default false
             */
            borrow: boolean;
        };
        CandidateUnit: {
            id?: string;
            name?: string;
            nameEn?: string;
        };
        Candidate: {
            id: string;
            name: string;
            unit: components["schemas"]["CandidateUnit"];
            eligible: boolean;
            /** @description from another unit, since nobody is eligible */
            borrowable: boolean;
            reason: string | null;
        };
        CandidateList: {
            items: components["schemas"]["Candidate"][];
        };
        PhotoNamed: {
            id: string;
            sha256: string;
        };
        Answer: {
            id: string;
            author: components["schemas"]["Named"];
            /** @enum {string} */
            result: "PASS" | "FAIL" | "NA";
            note: string;
            place: string;
            measures: string;
            photos: components["schemas"]["PhotoNamed"][];
            raised: boolean;
            bulk: boolean;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            recordedAt: string;
            /** @description nothing has replaced it */
            stands: boolean;
        };
        LastFinding: {
            case: string;
            name: string | null;
            state: string;
            /** Format: date-time */
            at: string;
        };
        Item: {
            item: string;
            text: string;
            clause: string | null;
            findingClass: string | null;
            finding: string | null;
            measures: string | null;
            /** @enum {string} */
            state: "open" | "answered" | "conflict";
            answers: components["schemas"]["Answer"][];
            last: components["schemas"]["LastFinding"] | null;
        };
        Checklist: {
            items: components["schemas"]["Item"][];
            mayAnswer: boolean;
        };
        AnswerBody: {
            /** @description made by the device; sending it twice is the same as once */
            id: string;
            item: string;
            /** @enum {string} */
            result: "PASS" | "FAIL" | "NA";
            /** Format: date-time */
            occurredAt: string;
            /** @default  */
            note: string;
            /** @default  */
            place: string;
            /** @default  */
            measures: string;
            /** @default [] */
            photos: components["schemas"]["PhotoNamed"][];
            /**
             * @description told to the visit as a finding already
             * @default false
             */
            raised: boolean;
            /**
             * @description one of many answers given in one tap
             * @default false
             */
            bulk: boolean;
            /** @default [] */
            replaces: string[];
        };
        AnswersBody: {
            answers: components["schemas"]["AnswerBody"][];
        };
        Definition: {
            process: string;
            name: string;
            version: number;
            /** @description hash of the release that new cases take */
            release: string;
            startable: boolean;
            form: {
                [key: string]: unknown;
            } | null;
            /** @description what the form offers to choose from */
            data: {
                [key: string]: unknown;
            };
            documentation: string | null;
        };
        DefinitionList: {
            items: components["schemas"]["Definition"][];
            next: string | null;
        };
        DefinitionDiagram: {
            process: string;
            name: string;
            /** @description BPMN 2.0, byte for byte as it was deployed */
            xml: string;
        };
        NewCase: {
            process: string;
            data?: {
                [key: string]: unknown;
            };
        };
        CaseSummary: {
            id: string;
            title: string;
            process: string;
            processName: string;
            /** @enum {string} */
            status: "active" | "suspended" | "completed" | "terminated";
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            endedAt: string | null;
            startedBy: components["schemas"]["Named"] | null;
            openTasks: number;
            /** Format: date-time */
            due: string | null;
            /** @description how many are open */
            incidents: number;
        };
        CasePage: {
            items: components["schemas"]["CaseSummary"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        Label: {
            label: string;
            /** @description value → label */
            options: {
                [key: string]: string;
            };
        };
        Incident: {
            /** @example 2611-0123456789ab:9 */
            id: string;
            case: components["schemas"]["CaseRef"];
            element: string;
            elementName: string | null;
            kind: string;
            message: string;
            /** Format: date-time */
            raisedAt: string;
            /** Format: date-time */
            resolvedAt: string | null;
            job: string | null;
        };
        ReleaseRef: {
            hash: string;
            /** Format: date-time */
            deployedAt: string;
        };
        CaseActions: {
            suspend: components["schemas"]["Permitted"];
            resume: components["schemas"]["Permitted"];
            cancel: components["schemas"]["Permitted"];
        };
        Request: {
            id: number;
            name: string;
            element: string;
            form: {
                [key: string]: unknown;
            };
            /** @description what the form shows of the case */
            data: {
                [key: string]: unknown;
            };
        };
        Case: {
            id: string;
            title: string;
            process: string;
            processName: string;
            /** @enum {string} */
            status: "active" | "suspended" | "completed" | "terminated";
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            endedAt: string | null;
            startedBy: components["schemas"]["Named"] | null;
            openTasks: number;
            /** Format: date-time */
            due: string | null;
            variables: {
                [key: string]: unknown;
            };
            labels: {
                [key: string]: components["schemas"]["Label"];
            };
            tasks: components["schemas"]["TaskSummary"][];
            incidents: components["schemas"]["Incident"][];
            attachments: components["schemas"]["Attachment"][];
            entries: number;
            release: components["schemas"]["ReleaseRef"];
            actions: components["schemas"]["CaseActions"];
            /** @description what one may ask for in this case now */
            requests: components["schemas"]["Request"][];
        };
        ElementCounts: {
            active: number;
            completed: number;
            cancelled: number;
            incidents: number;
        };
        ProcessRef: {
            process: string;
            name: string;
        };
        Diagram: {
            process: string;
            name: string;
            /** @description BPMN 2.0, byte for byte as it was deployed */
            xml: string;
            elements: {
                [key: string]: components["schemas"]["ElementCounts"];
            };
            flows: {
                [key: string]: number;
            };
            processes: components["schemas"]["ProcessRef"][];
        };
        Event: {
            /** @example TaskCompleted */
            type: string;
            element: string | null;
            elementName: string | null;
            detail: {
                [key: string]: unknown;
            };
        };
        Entry: {
            seq: number;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["Named"] | null;
            onBehalfOf: components["schemas"]["Named"] | null;
            /**
             * @example {
             *       "type": "CompleteTask",
             *       "task": 4
             *     }
             */
            command: {
                [key: string]: unknown;
            };
            hash: string;
            /** @description who was told of it */
            told: components["schemas"]["Named"][];
            events: components["schemas"]["Event"][];
        };
        HistoryPage: {
            items: components["schemas"]["Entry"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        FirstWrong: {
            seq: number;
            reason: string;
        };
        Verification: {
            /** @enum {string} */
            chain: "whole" | "broken";
            /** @example same */
            reexecution: string;
            entries: number;
            head: string;
            firstWrong: components["schemas"]["FirstWrong"] | null;
            /** Format: date-time */
            checkedAt: string;
        };
        Reason: {
            reason: string;
        };
        VariableChange: {
            reason: string;
            changes: {
                [key: string]: unknown;
            };
            /**
             * @description of an incident's element; default: the outermost
             * @default
             */
            scope: string;
        };
        Move: {
            reason: string;
            /** @description number of the element instance */
            from: number;
            /** @description id of the element to go on at */
            to: string;
        };
        Migration: {
            reason: string;
            /** @description hash of the release to go on with */
            release: string;
            /** @description old element id → new element id, where they differ */
            mapping?: {
                [key: string]: string;
            };
        };
        Counts: {
            active: number;
            completed: number;
            cancelled: number;
            incidents: number;
            /** @description tokens that wait at a join for others */
            waiting: number;
        };
        ProcessAt: {
            process: string;
            name: string;
            elements: {
                [key: string]: components["schemas"]["Counts"];
            };
            flows: {
                [key: string]: number;
            };
        };
        VariableAt: {
            name: string;
            /** @description {"erased": true} where it was erased */
            value: unknown;
            /** @description by the entry of this moment */
            changed: boolean;
            existed: boolean;
            old: unknown;
        };
        ScopeAt: {
            page: string;
            process: string;
            element: string;
            instance: number | null;
            index: number | null;
            variables: components["schemas"]["VariableAt"][];
        };
        TaskAt: {
            n: number;
            process: string;
            element: string;
            name: string;
            form: string | null;
            assignee: components["schemas"]["Named"] | null;
            candidates: string[];
            priority: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            due: string | null;
            overdue: boolean;
            excluded: components["schemas"]["Excluded"][];
        };
        TimerAt: {
            n: number;
            process: string;
            element: string;
            /** @enum {string} */
            kind: "catch" | "gateway" | "boundary" | "start" | "rung";
            task: number | null;
            /** Format: date-time */
            due: string;
            every: string | null;
        };
        IncidentAt: {
            n: number;
            process: string;
            element: string;
            kind: string;
            message: string;
            /** Format: date-time */
            raisedAt: string;
        };
        DecisionAt: {
            decision: string;
            element: string;
            elementName: string | null;
            steps: unknown[];
        };
        Moment: {
            case: string;
            seq: number;
            /** @description how many the case has by now */
            entries: number;
            /** Format: date-time */
            at: string;
            status: string;
            title: string;
            release: components["schemas"]["ReleaseRef"];
            entry: components["schemas"]["Entry"];
            facts: {
                [key: string]: unknown;
            };
            processes: components["schemas"]["ProcessAt"][];
            scopes: components["schemas"]["ScopeAt"][];
            tasks: components["schemas"]["TaskAt"][];
            timers: components["schemas"]["TimerAt"][];
            incidents: components["schemas"]["IncidentAt"][];
            decisions: components["schemas"]["DecisionAt"][];
            attachments: components["schemas"]["Attachment"][];
        };
        Seal: {
            entries: number;
            /** @description how many of them the newest checkpoint signs */
            sealed: number;
            /** @description leaves of the log at that checkpoint; 0: none yet */
            size: number;
            /** Format: date-time */
            signedAt: string | null;
            /** @description leaves that the witness has seen */
            witnessed: number;
            whole: boolean;
            findings: components["schemas"]["FirstWrong"][];
            /** @description the log's public key */
            key: string | null;
        };
        LogState: {
            /** @description leaves of the newest signed checkpoint; 0: none */
            size: number;
            /** Format: date-time */
            signedAt: string | null;
            /** @description leaves that the witness has seen */
            witnessed: number;
            /** @description seconds that the oldest entry has waited */
            behind: number;
            /** @description why it is not sealed */
            problem: string | null;
        };
        DocumentSummary: {
            /** @example S03-TG-2026-0007 */
            number: string;
            /** @enum {string} */
            code: "PG" | "JC" | "JL" | "TG" | "TW" | "FG" | "YQ" | "FC" | "HP" | "RP" | "YT" | "KF" | "SS" | "BG";
            name: string;
            /** @enum {string} */
            state: "ISSUED" | "SERVED" | "RECEIVED" | "REFUSED" | "VOID";
            station: components["schemas"]["Named"];
            case: components["schemas"]["CaseRef"];
            /** Format: date-time */
            issuedAt: string;
            issuedBy: components["schemas"]["Named"] | null;
            servedTo: components["schemas"]["Named"] | null;
            /** Format: date-time */
            servedAt: string | null;
            /**
             * Format: date-time
             * @description signed for, or refused
             */
            receiptAt: string | null;
            /** Format: date-time */
            voidedAt: string | null;
            version: number;
        };
        DocumentPage: {
            items: components["schemas"]["DocumentSummary"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        DocumentEvent: {
            /** @enum {string} */
            note: "ISSUED" | "SERVED" | "RECEIVED" | "REFUSED" | "VOID";
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["Named"] | null;
            /** @description entry of the register's stream */
            seq: number;
            hash: string;
            data: {
                [key: string]: unknown;
            };
        };
        Document: {
            /** @example S03-TG-2026-0007 */
            number: string;
            /** @enum {string} */
            code: "PG" | "JC" | "JL" | "TG" | "TW" | "FG" | "YQ" | "FC" | "HP" | "RP" | "YT" | "KF" | "SS" | "BG";
            name: string;
            /** @enum {string} */
            state: "ISSUED" | "SERVED" | "RECEIVED" | "REFUSED" | "VOID";
            station: components["schemas"]["Named"];
            case: components["schemas"]["CaseRef"];
            /** Format: date-time */
            issuedAt: string;
            issuedBy: components["schemas"]["Named"] | null;
            servedTo: components["schemas"]["Named"] | null;
            /** Format: date-time */
            servedAt: string | null;
            /**
             * Format: date-time
             * @description signed for, or refused
             */
            receiptAt: string | null;
            /** Format: date-time */
            voidedAt: string | null;
            version: number;
            hash: string;
            /** @enum {string|null} */
            method: "SYSTEM" | "IN_PERSON" | "POST" | "EMAIL" | null;
            reason: string | null;
            receiptBy: components["schemas"]["Named"] | null;
            template: number;
            title: string | null;
            /** @description label and value, as they are printed */
            rows: {
                [key: string]: unknown;
            }[];
            erased: boolean;
            notes: components["schemas"]["DocumentEvent"][];
            /** @description notes that you may make now */
            actions: string[];
            pdf: string;
        };
        Signatory: {
            name: string;
            /** @default  */
            employer: string;
        };
        DocumentNote: {
            /** @enum {string} */
            note: "SERVED" | "RECEIVED" | "REFUSED" | "VOID";
            /** @default  */
            reason: string;
            /**
             * @default
             * @enum {string}
             */
            method: "" | "SYSTEM" | "IN_PERSON" | "POST" | "EMAIL";
            /** @default  */
            to: string;
            /** @default null */
            signatory: components["schemas"]["Signatory"] | null;
            /** @default null */
            witness: components["schemas"]["Signatory"] | null;
        };
        Field: {
            name: string;
            label: string;
            /** @enum {string} */
            kind: "text" | "unit" | "person" | "instant" | "number" | "choice";
            /** @description the query that filters by it */
            filter: string | null;
            options: string[];
        };
        Register: {
            id: string;
            name: string;
            fields: components["schemas"]["Field"][];
            states: string[];
            /** @description people keep its rows, no case writes them */
            kept: boolean;
        };
        RegisterList: {
            items: components["schemas"]["Register"][];
        };
        RegisterRow: {
            id: string;
            case: components["schemas"]["CaseRef"] | null;
            state: string | null;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            createdAt: string;
            /** @description by field; a unit or person is {id, name} */
            values: {
                [key: string]: unknown;
            };
        };
        RegisterPage: {
            items: components["schemas"]["RegisterRow"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        KeptRow: {
            values: {
                [key: string]: unknown;
            };
        };
        SavedView: {
            name: string;
            filters: {
                [key: string]: string;
            };
            /** @default false */
            shared: boolean;
            id: string;
            mine: boolean;
            by: components["schemas"]["Named"];
        };
        SavedViewList: {
            items: components["schemas"]["SavedView"][];
        };
        Saved: {
            name: string;
            filters: {
                [key: string]: string;
            };
            /** @default false */
            shared: boolean;
        };
        LateStep: {
            /** @description days late */
            first: number;
            last: number | null;
            count: number;
            more: boolean;
        };
        Late: {
            case: components["schemas"]["CaseRef"];
            unit: components["schemas"]["Named"] | null;
            grade: string | null;
            /** Format: date-time */
            due: string;
            days: number;
            task: string | null;
            owner: components["schemas"]["Named"] | null;
            escalated: string | null;
        };
        Overdue: {
            /** Format: date-time */
            asOf: string;
            steps: components["schemas"]["LateStep"][];
            items: components["schemas"]["Late"][];
        };
        Cell: {
            requirement: string;
            /** @enum {string} */
            state: "NEVER" | "OVER" | "SOON" | "OK";
            days: number | null;
            interval: number;
            case: string | null;
        };
        Covered: {
            site: string;
            unit: components["schemas"]["Named"] | null;
            cells: components["schemas"]["Cell"][];
        };
        Coverage: {
            /** Format: date-time */
            asOf: string;
            items: components["schemas"]["Covered"][];
        };
        Facet: {
            value: string;
            name: string;
            open: number;
            ended: number;
        };
        Hazards: {
            /** Format: date-time */
            asOf: string;
            /** @example 2026-03 */
            since: string;
            grade: components["schemas"]["Facet"][];
            unit: components["schemas"]["Facet"][];
            item: components["schemas"]["Facet"][];
            repeat: components["schemas"]["Facet"][];
        };
        Indicator: {
            /** @enum {string} */
            id: "online" | "falseAlerts" | "response" | "confirmed" | "missed";
            part: number;
            whole: number;
            /** @description 0 to 1; response: milliseconds */
            value: number | null;
        };
        Joint: {
            /** Format: date-time */
            asOf: string;
            items: components["schemas"]["Indicator"][];
        };
        Load: {
            person: components["schemas"]["Named"];
            open: number;
            late: number;
            done: number;
        };
        Workload: {
            /** Format: date-time */
            asOf: string;
            items: components["schemas"]["Load"][];
        };
        MessageBody: {
            /**
             * @description the sender's own id: the same id twice is one message
             * @default null
             */
            id: string | null;
            name: string;
            /**
             * @description correlation key
             * @default
             */
            key: string;
            data?: {
                [key: string]: unknown;
            };
            /**
             * @description ISO 8601 duration that it waits for a receiver
             * @default PT1H
             */
            ttl: string;
        };
        Message: {
            id: string;
            /** @example pending */
            state: string;
        };
        SignalBody: {
            name: string;
            data?: {
                [key: string]: unknown;
            };
        };
        IncidentPage: {
            items: components["schemas"]["Incident"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        Notification: {
            id: string;
            /** @enum {string} */
            kind: "task" | "reminder" | "overdue" | "card" | "incident";
            case: string;
            /** @description of the case */
            title: string;
            /** @description None: it is about the whole case */
            task: string | null;
            /** @example YELLOW_CARD */
            code: string;
            name: string | null;
            nameEn: string | null;
            card: string | null;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            readAt: string | null;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        Unread: {
            /** @description counted up to 100 */
            unread: number;
        };
        Robot: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "webhook" | "wecom" | "dingtalk";
        };
        Contact: {
            email: string | null;
            quietFrom: string | null;
            quietUntil: string | null;
            digestAt: string | null;
            robot: string | null;
            channels: {
                [key: string]: string[];
            };
            /** @description the ones to choose from */
            robots: components["schemas"]["Robot"][];
            /** @description whether this installation can send mail */
            mail: boolean;
        };
        ChannelsBody: {
            task?: ("email" | "robot")[];
            reminder?: ("email" | "robot")[];
            overdue?: ("email" | "robot")[];
            card?: ("email" | "robot")[];
            incident?: ("email" | "robot")[];
        };
        ContactBody: {
            /** @default null */
            email: string | null;
            /**
             * @default null
             * @example 22:00
             */
            quietFrom: string | null;
            /**
             * @default null
             * @example 07:00
             */
            quietUntil: string | null;
            /**
             * @description one mail a day at this time, local
             * @default null
             */
            digestAt: string | null;
            /**
             * @description id of a registered robot
             * @default null
             */
            robot: string | null;
            /** @default null */
            channels: components["schemas"]["ChannelsBody"] | null;
        };
        Delivery: {
            id: string;
            /** @enum {string} */
            channel: "email" | "digest" | "webhook";
            target: string;
            targetName: string;
            /** @description empty for a digest */
            case: string;
            /** @description of the case */
            title: string | null;
            /** @enum {string} */
            state: "pending" | "delivered" | "dead" | "dropped";
            attempts: number;
            error: string | null;
            /** @description why it was dropped */
            note: string | null;
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt: string | null;
        };
        DeliveryPage: {
            items: components["schemas"]["Delivery"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        DeliveryCounts: {
            queue: number;
            failing: number;
            dead: number;
        };
        Retried: {
            retried: number;
        };
        DropBody: {
            reason: string;
        };
        Target: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "webhook" | "wecom" | "dingtalk";
            host: string;
            kinds: string[];
            active: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        TargetList: {
            items: components["schemas"]["Target"][];
            next: string | null;
        };
        ListeningBody: {
            kinds: ("task" | "reminder" | "overdue" | "card" | "incident")[];
        };
        TargetBody: {
            name: string;
            /** @enum {string} */
            kind: "webhook" | "wecom" | "dingtalk";
            url: string;
            /**
             * @description DingTalk's, which signs
             * @default null
             */
            secret: string | null;
        };
        NewTarget: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "webhook" | "wecom" | "dingtalk";
            host: string;
            kinds: string[];
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description of a webhook; shown this once */
            secret: string | null;
        };
        TargetChange: {
            active: boolean;
        };
        Test: {
            delivered: boolean;
            error: string | null;
        };
        IncidentGroup: {
            process: string;
            processName: string;
            element: string;
            elementName: string | null;
            kind: string;
            message: string;
            count: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
        };
        IncidentGroups: {
            items: components["schemas"]["IncidentGroup"][];
        };
        IncidentDetail: {
            /** @example 2611-0123456789ab:9 */
            id: string;
            case: components["schemas"]["CaseRef"];
            element: string;
            elementName: string | null;
            kind: string;
            message: string;
            /** Format: date-time */
            raisedAt: string;
            /** Format: date-time */
            resolvedAt: string | null;
            job: string | null;
            process: string;
            /** @description of the element, for a change of its variables */
            scope: string;
            /** @description what the element sees */
            variables: {
                [key: string]: unknown;
            };
            labels: {
                [key: string]: components["schemas"]["Label"];
            };
            /** @description open ones of the same process, element and cause */
            alike: number;
        };
        ElementRef: {
            id: string;
            name: string;
            /** @example userTask */
            kind: string;
        };
        CaseToken: {
            instance: number;
            element: components["schemas"]["ElementRef"];
            targets: components["schemas"]["ElementRef"][];
        };
        CaseTokens: {
            items: components["schemas"]["CaseToken"][];
        };
        OperationBody: {
            /** @enum {string} */
            action: "retry" | "suspend" | "resume" | "cancel" | "variables" | "move";
            reason: string;
            cases?: string[];
            /**
             * @description the cases of the open incidents that fit
             * @default false
             */
            stuck: boolean;
            /** @default  */
            process: string;
            /** @default  */
            element: string;
            /**
             * @description cause of the incidents, in full
             * @default
             */
            message: string;
            /**
             * @default
             * @enum {string}
             */
            status: "" | "active" | "suspended";
            /** @default null */
            changes: {
                [key: string]: unknown;
            } | null;
            /**
             * @description id of the element to go on at
             * @default
             */
            to: string;
        };
        Step: {
            case: components["schemas"]["CaseRef"];
            status: string;
            /** @enum {string} */
            verdict: "ok" | "again" | "no";
            /** @enum {string} */
            state: "ready" | "done" | "failed" | "refused" | "skipped";
            detail: string | null;
            /** @description the values that would be replaced */
            old: {
                [key: string]: unknown;
            } | null;
        };
        Operation: {
            id: string;
            action: string;
            reason: string;
            /** @enum {string} */
            state: "planned" | "running" | "done" | "stopped";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt: string | null;
            total: number;
            done: number;
            failed: number;
            steps: components["schemas"]["Step"][];
        };
        ProcessVersion: {
            process: string;
            name: string;
            version: number;
        };
        ReleaseSummary: {
            hash: string;
            /** Format: date-time */
            deployedAt: string;
            deployedBy: components["schemas"]["Named"] | null;
            note: string;
            processes: components["schemas"]["ProcessVersion"][];
        };
        ReleasePage: {
            items: components["schemas"]["ReleaseSummary"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        Words: {
            zh: string;
            en: string;
        };
        PropertyChange: {
            /** @description where it is written, `cell[…]` for a table's cell */
            path: string;
            title: components["schemas"]["Words"];
            old: string | null;
            new: string | null;
        };
        PartChange: {
            /** @enum {string} */
            kind: "added" | "removed" | "changed" | "moved";
            /** @description the element's tag; column, rule or field */
            what: string;
            /** @description what it is, in words */
            title: components["schemas"]["Words"];
            id: string;
            name: components["schemas"]["Words"];
            /** @description the id of what holds it; empty for the file */
            within: string;
            /** @description drawn elsewhere, or in another place of its list */
            moved: boolean;
            properties: components["schemas"]["PropertyChange"][];
        };
        FileComparison: {
            path: string;
            /** @description its path before; null: it is new */
            was: string | null;
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            changes: components["schemas"]["PartChange"][];
        };
        ReleaseComparison: {
            same: boolean;
            files: components["schemas"]["FileComparison"][];
            /** @description plain text, to be sent or filed */
            summary: components["schemas"]["Words"];
        };
        File: {
            path: string;
            sha256: string;
            size: number;
        };
        Release: {
            hash: string;
            /** Format: date-time */
            deployedAt: string;
            deployedBy: components["schemas"]["Named"] | null;
            note: string;
            processes: components["schemas"]["ProcessVersion"][];
            files: components["schemas"]["File"][];
        };
        Deployed: {
            hash: string;
            processes: {
                [key: string]: number;
            };
            /** @description identical content was current already */
            unchanged: boolean;
        };
        LibraryDiagramSummary: {
            sha256: string;
            /** @example order.bpmn */
            name: string;
            title: string;
            /** @example Camunda Modeler 5.28.0 */
            tool: string;
            /** @description bytes */
            size: number;
            /** @description nothing stood against deploying it */
            runs: boolean;
            /** Format: date-time */
            addedAt: string;
            addedBy: components["schemas"]["Named"] | null;
        };
        LibraryDiagramPage: {
            items: components["schemas"]["LibraryDiagramSummary"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        ModelProblem: {
            /** @example BPMN017 */
            rule: string;
            message: string;
            element: string | null;
            line: number;
        };
        LibraryDiagram: {
            sha256: string;
            /** @example order.bpmn */
            name: string;
            title: string;
            /** @example Camunda Modeler 5.28.0 */
            tool: string;
            /** @description bytes */
            size: number;
            /** @description nothing stood against deploying it */
            runs: boolean;
            /** Format: date-time */
            addedAt: string;
            addedBy: components["schemas"]["Named"] | null;
            /** @description `duban import` reads its dialect */
            convertible: boolean;
            problems: components["schemas"]["ModelProblem"][];
            /** @description for a viewer; the file itself is at /file */
            xml: string;
        };
        Warning: {
            year: number;
            /** @enum {string} */
            kind: "missing" | "provisional";
        };
        Series: {
            series: string;
            version: number;
            sha256: string;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Named"] | null;
            note: string;
            years: number[];
            provisional: number[];
            warnings: components["schemas"]["Warning"][];
            /** @description deadlines that depend on it, at most 999 */
            openTasks: number;
            /** @description there are more open tasks than that */
            more: boolean;
        };
        SeriesList: {
            items: components["schemas"]["Series"][];
        };
        Rules: {
            /** @example Asia/Shanghai */
            zone: string;
            /**
             * @example [
             *       [
             *         "08:00",
             *         "12:00"
             *       ]
             *     ]
             */
            hours: string[][];
            /**
             * @example [
             *       "20:00",
             *       "08:00"
             *     ]
             */
            night: string[];
            years: number[];
            provisional: number[];
            /**
             * @example [
             *       "2027-10-01"
             *     ]
             */
            off: string[];
            /**
             * @example [
             *       "2027-10-09"
             *     ]
             */
            worked: string[];
        };
        Calendar: {
            series: string;
            version: number;
            sha256: string;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Named"] | null;
            note: string;
            rules: components["schemas"]["Rules"];
            newest: number;
        };
        Version: {
            series: string;
            version: number;
            sha256: string;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Named"] | null;
            note: string;
        };
        CalendarVersionPage: {
            items: components["schemas"]["Version"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        YearBody: {
            year: number;
            /**
             * @default holidays
             * @enum {string}
             */
            source: "holidays" | "csv" | "json";
            /** @default  */
            text: string;
        };
        Year: {
            year: number;
            off: string[];
            worked: string[];
            provisional: boolean;
        };
        PreviewBody: {
            rules: components["schemas"]["Rules"];
            /** @default null */
            cursor: string | null;
        };
        Change: {
            /** @description of the task */
            id: string;
            /** @description `name` is its title */
            case: components["schemas"]["Named"];
            name: string;
            /** Format: date-time */
            before: string;
            /** Format: date-time */
            after: string;
            /** @description how many rungs to come move with it */
            rungs: number;
        };
        Preview: {
            /** @description open deadlines on the series, at most 999 */
            affected: number;
            more: boolean;
            items: components["schemas"]["Change"][];
            /** @description moved too, but in cases that you may not see */
            hidden: number;
            next: string | null;
        };
        PublishBody: {
            rules: components["schemas"]["Rules"];
            /** @default  */
            note: string;
        };
        Health: {
            /** @example ok */
            status: string;
            checks?: {
                [key: string]: string;
            };
        };
        RoleLine: {
            role: string;
            name: string;
            nameEn: string;
            administrator: boolean;
        };
        CompetenceKind: {
            kind: string;
            name: string;
            nameEn: string;
        };
        Vocabulary: {
            roles: components["schemas"]["RoleLine"][];
            competences: components["schemas"]["CompetenceKind"][];
            ties: string[];
            unitKinds: string[];
        };
        UnitLine: {
            id: string;
            parent: string | null;
            name: string;
            nameEn: string;
            kind: string | null;
            people: number;
            /** Format: date-time */
            validUntil: string | null;
        };
        UnitList: {
            items: components["schemas"]["UnitLine"][];
        };
        NewUnit: {
            id: string;
            parent: string;
            name: string;
            nameEn: string;
            /** @enum {string} */
            kind: "company" | "committee" | "department" | "centre" | "station" | "branch" | "group" | "second_level" | "area" | "team" | "contractor" | "crew";
        };
        Made: {
            id: string;
        };
        UnitChange: {
            name?: string;
            nameEn?: string;
            /** @enum {string} */
            kind?: "company" | "committee" | "department" | "centre" | "station" | "branch" | "group" | "second_level" | "area" | "team" | "contractor" | "crew";
            /** Format: date-time */
            validUntil?: string | null;
        };
        PersonLine: {
            id: string;
            username: string;
            name: string;
            unit: string;
            unitName: string;
            unitNameEn: string;
            active: boolean;
            /** @description has a password, so may sign in */
            account: boolean;
            roles: string[];
        };
        PersonPage: {
            items: components["schemas"]["PersonLine"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        NewPerson: {
            username: string;
            name: string;
            unit: string;
        };
        Grant: {
            id: string;
            role: string;
            unit: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string | null;
            by: string | null;
        };
        Competence: {
            id: string;
            kind: string;
            level: number;
            /** Format: date-time */
            until: string | null;
            proof: string;
        };
        Tie: {
            id: string;
            kind: string;
            unit: string;
            /** Format: date-time */
            until: string | null;
            note: string;
            /** @description by the recusal table, today */
            bars: boolean;
        };
        PersonDetail: {
            id: string;
            username: string;
            name: string;
            unit: string;
            unitName: string;
            unitNameEn: string;
            active: boolean;
            /** @description has a password, so may sign in */
            account: boolean;
            roles: string[];
            language: string;
            /** Format: date-time */
            lockedUntil: string | null;
            grants: components["schemas"]["Grant"][];
            competences: components["schemas"]["Competence"][];
            ties: components["schemas"]["Tie"][];
        };
        PersonChange: {
            name?: string;
            unit?: string;
            active?: boolean;
        };
        NewPassword: {
            password: string;
        };
        NewGrant: {
            /** @enum {string} */
            role: "CENTER_DIRECTOR" | "CENTER_DEPUTY" | "STATION_CHIEF" | "SHIFT_LEADER" | "ONLINE_SUPERVISOR" | "FIELD_INSPECTOR" | "EXPERT" | "PLANNER" | "SCORE_REVIEWER" | "DEPT_OFFICER" | "UNIT_SAFETY_DIRECTOR" | "UNIT_RECTIFIER" | "TERRITORY_MANAGER" | "CONTRACTOR_LEAD" | "BRANCH_SECRETARY" | "TEST_LAB" | "COMPANY_LEADER" | "COMPANY_SAFETY" | "UNIT_HEAD" | "DUTY_LEADER" | "APPEAL_DECIDER" | "PROCESS_OWNER" | "AUDITOR" | "SYSTEM_ADMIN" | "SECURITY_ADMIN" | "AUDIT_ADMIN";
            unit: string;
            /**
             * Format: date-time
             * @default null
             */
            since: string | null;
            /**
             * Format: date-time
             * @default null
             */
            until: string | null;
        };
        NewCompetence: {
            kind: string;
            /** @default 1 */
            level: number;
            /**
             * Format: date-time
             * @default null
             */
            until: string | null;
            /** @default  */
            proof: string;
        };
        NewTie: {
            /** @enum {string} */
            kind: "family" | "interest" | "worked" | "branch" | "alliance" | "decided";
            unit: string;
            /**
             * Format: date-time
             * @default null
             */
            until: string | null;
            /** @default  */
            note: string;
        };
        SecurityEvent: {
            /** Format: date-time */
            at: string;
            kind: string;
            person: string | null;
            name: string | null;
            /** @description null: erased */
            address: string | null;
            detail: {
                [key: string]: unknown;
            };
            /** @description leaf in the log; null: waits */
            position: number | null;
        };
        SecurityPage: {
            items: components["schemas"]["SecurityEvent"][];
            /** @description cursor of the next page */
            next: string | null;
        };
        Colleague: {
            id: string;
            name: string;
            unitName: string;
            unitNameEn: string;
        };
        ColleagueList: {
            items: components["schemas"]["Colleague"][];
        };
        Option: {
            value: string;
            label: string;
        };
        OptionList: {
            items: components["schemas"]["Option"][];
        };
        Station: {
            id: string;
            name: string;
            nameEn: string;
        };
        StationList: {
            items: components["schemas"]["Station"][];
        };
        Place: {
            /** @example 2026-12-01 */
            day: string;
            /** @enum {string} */
            shift: "day" | "night";
            /** @enum {string} */
            duty: "main" | "backup" | "leader" | "duty_leader";
            /** @default 1 */
            position: number;
            person: string;
        };
        OnCall: {
            person: components["schemas"]["Named"];
            duty: string;
            insteadOf: components["schemas"]["Named"] | null;
        };
        Slot: {
            day: string;
            shift: string;
        };
        Note: {
            id: string;
            day: string;
            shift: string;
            note: string;
            handedBy: components["schemas"]["Named"];
            /** Format: date-time */
            handedAt: string;
            takenBy: components["schemas"]["Named"] | null;
            /** Format: date-time */
            takenAt: string | null;
        };
        Roster: {
            station: string;
            month: string;
            places: components["schemas"]["Place"][];
            /** @description who may be planned */
            crew: components["schemas"]["Named"][];
            names: {
                [key: string]: string;
            };
            onCall: components["schemas"]["OnCall"][];
            running: components["schemas"]["Slot"][];
            notes: components["schemas"]["Note"][];
            /** @description ended without a note */
            missing: components["schemas"]["Slot"][];
            mayPlan: boolean;
        };
        Plan: {
            month: string;
            places: components["schemas"]["Place"][];
        };
        Crew: {
            month: string;
            crew: {
                [key: string]: string[];
            };
        };
        Proposal: {
            places: components["schemas"]["Place"][];
        };
        HandoverNote: {
            day: string;
            /** @enum {string} */
            shift: "day" | "night";
            note: string;
        };
        Substitution: {
            id: string;
            absent: components["schemas"]["Named"];
            substitute: components["schemas"]["Named"];
            role: string | null;
            unit: string | null;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            reason: string;
        };
        SubstitutionList: {
            items: components["schemas"]["Substitution"][];
        };
        NewSubstitution: {
            /**
             * @description oneself where it is not said
             * @default null
             */
            absent: string | null;
            substitute: string;
            /**
             * @default null
             * @enum {string|null}
             */
            role: "CENTER_DIRECTOR" | "CENTER_DEPUTY" | "STATION_CHIEF" | "SHIFT_LEADER" | "ONLINE_SUPERVISOR" | "FIELD_INSPECTOR" | "EXPERT" | "PLANNER" | "SCORE_REVIEWER" | "DEPT_OFFICER" | "UNIT_SAFETY_DIRECTOR" | "UNIT_RECTIFIER" | "TERRITORY_MANAGER" | "CONTRACTOR_LEAD" | "BRANCH_SECRETARY" | "TEST_LAB" | "COMPANY_LEADER" | "COMPANY_SAFETY" | "UNIT_HEAD" | "DUTY_LEADER" | "APPEAL_DECIDER" | "PROCESS_OWNER" | "AUDITOR" | "SYSTEM_ADMIN" | "SECURITY_ADMIN" | "AUDIT_ADMIN" | null;
            /** @default null */
            unit: string | null;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            /** @default  */
            reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "inspector",
                 *       "password": "…"
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current": "…",
                 *       "new": "…"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly export",
                 *       "expiresInDays": 90
                 *     }
                 */
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                view?: "mine" | "available" | "overdue" | "today" | "done";
                /** @description part of the task's name or the case's title */
                q?: string;
                process?: string;
                case?: string;
                element?: string;
                sort?: "due" | "-due" | "created" | "-created" | "priority";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCounts"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "result": "pass"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DataBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claimTask: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Empty"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unclaimTask: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Empty"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delegateTask: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "p-li",
                 *       "note": "…",
                 *       "returns": false
                 *     }
                 */
                "application/json": components["schemas"]["Delegation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendTaskBack: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "target": "Inspect",
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["SendBack"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawTask: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addSigners: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "people": [
                 *         "p-li"
                 *       ],
                 *       "when": "before",
                 *       "rule": "all",
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Signers"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signTask: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agree": true,
                 *       "comment": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Signature"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignTask: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "p-li",
                 *       "note": "…",
                 *       "borrow": false
                 *     }
                 */
                "application/json": components["schemas"]["Assignment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeTask: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "result": "pass"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DataBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAnswer"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCandidates: {
        parameters: {
            query?: {
                q?: string;
                /** @description hold the task, or sign it */
                to?: "hold" | "sign";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CandidateList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChecklist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerItems: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answers": []
                 *     }
                 */
                "application/json": components["schemas"]["AnswersBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDefinitions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDefinitionDiagram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                process: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionDiagram"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                view?: "open" | "closed" | "all";
                process?: string;
                q?: string;
                sort?: "started" | "-started";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "process": "hazard-loop",
                 *       "data": {}
                 *     }
                 */
                "application/json": components["schemas"]["NewCase"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDiagram: {
        parameters: {
            query?: {
                /** @description a called process; default: the case's own */
                process?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagram"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeVariables: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "changes": {
                 *         "unitId": "U02"
                 *       },
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["VariableChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": 7,
                 *       "to": "Rectify",
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    migrateCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "release": "0000000000000000000000000000000000000000000000000000000000000000",
                 *       "mapping": {
                 *         "Accept": "Reinspect"
                 *       },
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Migration"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askInCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "extensionDays": 5,
                 *         "extensionReason": "…"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DataBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCaseAt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moment"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCaseWhen: {
        parameters: {
            query: {
                /** @description the last entry at or before this instant */
                at: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moment"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Seal"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogState"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvidence: {
        parameters: {
            query?: {
                /** @description with the openings of personal values */
                personal?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                    /** @description id of a task; or `case` */
                    task?: string;
                    /** @description id of a case; or `task` */
                    case?: string;
                    /** @enum {string} */
                    role: "before" | "after" | "evidence" | "document";
                    /** @enum {string} */
                    source: "CAMERA" | "GALLERY" | "EXTERNAL";
                    /** Format: date-time */
                    capturedAt?: string;
                    /** @example 38.9421,121.5843 */
                    gps?: string;
                    gpsMissingReason?: string;
                    /** @description id of the photo that this one answers */
                    pairOf?: string;
                    /**
                     * Format: uuid
                     * @description makes a retry the same upload
                     */
                    clientId: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This type of file is not taken in */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unsupported-type",
                     *       "title": "This type of file is not taken in",
                     *       "status": 415,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                    "image/png": unknown;
                    "image/webp": unknown;
                    "image/heic": unknown;
                    "application/pdf": unknown;
                    "video/mp4": unknown;
                };
            };
            /** @description The range asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                    "image/png": unknown;
                    "image/webp": unknown;
                    "image/heic": unknown;
                    "application/pdf": unknown;
                    "video/mp4": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:refused",
                     *       "title": "Refused",
                     *       "status": 416,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                code?: "PG" | "JC" | "JL" | "TG" | "TW" | "FG" | "YQ" | "FC" | "HP" | "RP" | "YT" | "KF" | "SS" | "BG" | null;
                station?: string | null;
                state?: "ISSUED" | "SERVED" | "RECEIVED" | "REFUSED" | "VOID" | null;
                servedTo?: string | null;
                case?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    noteDocument: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "REFUSED",
                 *       "reason": "不认可定级",
                 *       "witness": {
                 *         "name": "李见",
                 *         "employer": "集输三队"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DocumentNote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRegisters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRows: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                state?: string;
                unit?: string;
                station?: string;
                site?: string;
                person?: string;
                kind?: string;
                grade?: string;
                q?: string;
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countRows: {
        parameters: {
            query?: {
                state?: string;
                unit?: string;
                station?: string;
                site?: string;
                person?: string;
                kind?: string;
                grade?: string;
                q?: string;
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRows: {
        parameters: {
            query?: {
                state?: string;
                unit?: string;
                station?: string;
                site?: string;
                person?: string;
                kind?: string;
                grade?: string;
                q?: string;
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportHazards: {
        parameters: {
            query?: {
                state?: string;
                unit?: string;
                station?: string;
                site?: string;
                person?: string;
                kind?: string;
                grade?: string;
                q?: string;
                since?: string | null;
                until?: string | null;
                format?: "json" | "csv" | "xml";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/csv": unknown;
                    "application/xml": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keepRow: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
                row: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "values": {
                 *         "name": "联合站储罐区",
                 *         "unit": "U04",
                 *         "risk": "RED",
                 *         "everyDays": 30
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["KeptRow"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterRow"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSavedViews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveView: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "U04 重大隐患",
                 *       "filters": {
                 *         "unit": "U04",
                 *         "grade": "MAJOR"
                 *       },
                 *       "shared": true
                 *     }
                 */
                "application/json": components["schemas"]["Saved"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dropView: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverdue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overdue"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCoverage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHazards: {
        parameters: {
            query?: {
                months?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hazards"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJoint: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joint"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkload: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workload"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "HazardEnded",
                 *       "key": "H-7",
                 *       "data": {},
                 *       "ttl": "PT1H"
                 *     }
                 */
                "application/json": components["schemas"]["MessageBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendSignal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "AllClear",
                 *       "data": {}
                 *     }
                 */
                "application/json": components["schemas"]["SignalBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIncidents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                view?: "open" | "resolved";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryIncident: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A new UUID for each action. The same key with the same body gives the first answer again.
                 * @example 2f1c8e0e-6d5b-4a52-8f0e-0c6f3f6f4f11
                 */
                "Idempotency-Key"?: string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "…"
                 *     }
                 */
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countUnread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotification: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAllNotifications: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "li@example.com",
                 *       "quietFrom": "22:00",
                 *       "quietUntil": "07:00",
                 *       "digestAt": null,
                 *       "channels": {
                 *         "overdue": [
                 *           "email"
                 *         ],
                 *         "card": [
                 *           "email",
                 *           "robot"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ContactBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                view?: "queue" | "failing" | "dead" | "done";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryCounts"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retried"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryAllDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retried"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dropDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "群已解散"
                 *     }
                 */
                "application/json": components["schemas"]["DropBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listListeningTargets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chooseKinds: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kinds": [
                 *         "card"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ListeningBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTargets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "值班群",
                 *       "kind": "dingtalk",
                 *       "url": "https://oapi.dingtalk.com/robot/send?access_token=…",
                 *       "secret": "SEC…"
                 *     }
                 */
                "application/json": components["schemas"]["TargetBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTarget"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["TargetChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Test"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIncidentGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentGroups"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokensOfCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseTokens"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "retry",
                 *       "reason": "…",
                 *       "process": "hazard-loop",
                 *       "element": "Score",
                 *       "message": "…"
                 *     }
                 */
                "application/json": components["schemas"]["OperationBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasePage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deployRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    files: string[];
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployed"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareReleases: {
        parameters: {
            query: {
                /** @description the hash of the release before */
                left: string;
                /** @description the hash of the one after */
                right: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseComparison"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleaseDiagram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
                process: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLibrary: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryDiagramPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addToLibrary: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryDiagram"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLibraryDiagram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryDiagram"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeFromLibrary: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLibraryFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalendars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalendarVersions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
            };
            header?: never;
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarVersionPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishCalendar: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that you saw, from `ETag` or `version`. Changed since: 412; missing: 428.
                 * @example "3"
                 */
                "If-Match": string;
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rules": {
                 *         "zone": "Asia/Shanghai",
                 *         "hours": [
                 *           [
                 *             "08:00",
                 *             "12:00"
                 *           ],
                 *           [
                 *             "13:30",
                 *             "17:30"
                 *           ]
                 *         ],
                 *         "night": [
                 *           "20:00",
                 *           "08:00"
                 *         ],
                 *         "years": [
                 *           2027
                 *         ],
                 *         "provisional": [],
                 *         "off": [
                 *           "2027-10-01"
                 *         ],
                 *         "worked": [
                 *           "2027-10-09"
                 *         ]
                 *       },
                 *       "note": "国务院办公厅通知"
                 *     }
                 */
                "application/json": components["schemas"]["PublishBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:stale-version",
                     *       "title": "Changed meanwhile",
                     *       "status": 412,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:version-required",
                     *       "title": "The version is missing",
                     *       "status": 428,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCalendarVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                series: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCalendarYear: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "year": 2027,
                 *       "source": "csv",
                 *       "text": "2027-10-01,off\n2027-10-09,worked\n"
                 *     }
                 */
                "application/json": components["schemas"]["YearBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Year"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewCalendar: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                series: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rules": {
                 *         "zone": "Asia/Shanghai",
                 *         "hours": [
                 *           [
                 *             "08:00",
                 *             "12:00"
                 *           ],
                 *           [
                 *             "13:30",
                 *             "17:30"
                 *           ]
                 *         ],
                 *         "night": [
                 *           "20:00",
                 *           "08:00"
                 *         ],
                 *         "years": [
                 *           2027
                 *         ],
                 *         "provisional": [],
                 *         "off": [
                 *           "2027-10-01"
                 *         ],
                 *         "worked": [
                 *           "2027-10-09"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PreviewBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apiHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apiHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVocabulary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vocabulary"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUnit: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "U13",
                 *       "parent": "OIL",
                 *       "name": "采油三厂",
                 *       "nameEn": "Plant 3",
                 *       "kind": "second_level"
                 *     }
                 */
                "application/json": components["schemas"]["NewUnit"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUnit: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "采油三厂"
                 *     }
                 */
                "application/json": components["schemas"]["UnitChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                q?: string;
                /** @description this unit and all below */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "zhang.wei",
                 *       "name": "张伟",
                 *       "unit": "S01"
                 *     }
                 */
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "unit": "S02"
                 *     }
                 */
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    givePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "…"
                 *     }
                 */
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "FIELD_INSPECTOR",
                 *       "unit": "S01"
                 *     }
                 */
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addCompetence: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "hotwork",
                 *       "level": 2
                 *     }
                 */
                "application/json": components["schemas"]["NewCompetence"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endCompetence: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addTie: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "family",
                 *       "unit": "U01"
                 *     }
                 */
                "application/json": components["schemas"]["NewTie"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endTie: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSecurityEvents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                kind?: string;
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityPage"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listColleagues: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColleagueList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptionList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRoster: {
        parameters: {
            query: {
                month: string;
            };
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roster"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planMonth: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "month": "2026-12",
                 *       "places": []
                 *     }
                 */
                "application/json": components["schemas"]["Plan"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeMonth: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "month": "2026-12",
                 *       "crew": {
                 *         "main": [
                 *           "p-li",
                 *           "p-wang",
                 *           "p-zhao"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Crew"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "day": "2026-12-01",
                 *       "shift": "day",
                 *       "note": "…"
                 *     }
                 */
                "application/json": components["schemas"]["HandoverNote"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-state",
                     *       "title": "Not possible in the present state",
                     *       "status": 409,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubstitutions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubstitutionList"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addSubstitution: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "substitute": "p-wang",
                 *       "since": "2026-12-01T00:00:00Z",
                 *       "until": "2026-12-08T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["NewSubstitution"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:malformed",
                     *       "title": "The body cannot be read",
                     *       "status": 400,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-large",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The input is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 422,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSubstitution: {
        parameters: {
            query?: never;
            header?: {
                /** @description With the session's cookie: `csrfToken` of the session. Not needed with an access token. */
                "X-CSRF-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-signed-in",
                     *       "title": "Not signed in",
                     *       "status": 401,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:forbidden",
                     *       "title": "Not allowed",
                     *       "status": 403,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:not-found",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available just now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:duban:problem:unavailable",
                     *       "title": "Not available just now",
                     *       "status": 503,
                     *       "detail": "What was expected, what came, and what to do."
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
