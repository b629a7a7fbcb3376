"""The numbered rules of `duban lint`: what each says, how severe it is, and the clause of BPMN 2.0.2 behind it.

`docs/lint.md` has an example and a remedy for each; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`clause` of BPMN 2.0.2; empty for a rule of ours. `twin`: severity in the profile `duban`, where Camunda 8's
    executable dialect says the same in its own way ("" drops the rule there)."""

    number: str
    severity: str
    clause: str
    title: str
    twin: str | None = None


def _error(number: str, clause: str, title: str, twin: str | None = None) -> Rule:
    return Rule(number, "error", clause, title, twin)


def _warning(number: str, clause: str, title: str) -> Rule:
    return Rule(number, "warning", clause, title)


_ALL = (
    # Files and references
    _error("BPS001", "15", "The file is valid by the XML schemas of BPMN 2.0"),
    _error("BPS002", "8.3.1", "An id is used once, and is an XML name"),
    _error("BPS003", "8.2.2", "An imported BPMN file is there, readable, and has the namespace it is imported with"),
    _error("BPS004", "8.3.1", "A reference names something that exists"),
    _error("BPS005", "8.3.1", "A reference names something of the right kind"),
    _warning("BPS006", "8.4.10", "A type is named by its item definition"),
    _error("BPS007", "8.3.1", "The format of a text is a MIME type"),
    _error("BPS008", "8.4.10", "A type that is named is declared", "warning"),
    # Sequence flows
    _error("BPS010", "7.6.1", "No sequence flow leaves what cannot have one"),
    _error("BPS011", "7.6.1", "No sequence flow leads to what cannot have one"),
    _error("BPS012", "7.6.1", "A sequence flow stays in its process and its sub-process"),
    _error("BPS013", "8.4.13", "No condition on flows out of events, parallel and event-based gateways"),
    _error("BPS014", "8.4.13", "A conditional flow out of an activity is not its only one"),
    _error("BPS015", "8.4.13", "A default flow has no condition", "warning"),
    _error("BPS016", "8.4.13", "A default flow is one of the flows that leave the element"),
    _error("BPS017", "8.4.7", "incoming and outgoing list the flows that are drawn", "warning"),
    _error("BPS018", "10.5.2", "Where there is an end event, there is a start event", "warning"),
    _error("BPS019", "10.5.3", "Where there is a start event, there is an end event", "warning"),
    _error("BPS020", "10.5.2", "Where there is a start event, a flow leads to everything else", "warning"),
    _error("BPS021", "10.5.3", "Where there is an end event, a flow leads on from everything else", "warning"),
    _error("BPS022", "10.5.2", "A start, intermediate or boundary event leads on", "warning"),
    _error("BPS023", "10.5.3", "A flow leads to an intermediate or end event"),
    _error("BPS024", "8.4.13", "A sequence flow of an executable process is immediate", "warning"),
    _warning("BPS025", "8.4.8", "A sequence flow is declared beside the nodes it joins"),
    # Message flows
    _error("BPS030", "9.4", "A message flow joins two different pools"),
    _error("BPS031", "9.4", "A message flow comes from a pool, an activity or a throwing message event"),
    _error("BPS032", "9.4", "A message flow leads to a pool, an activity or a catching message event"),
    _warning("BPS033", "10.3.3", "A send task sends and a receive task receives"),
    # Events
    _error("BPS040", "10.5", "An event definition stands only in events that may have it"),
    _error("BPS041", "10.5", "An event that waits says for what"),
    _error("BPS042", "10.5", "Events that always interrupt are not marked as non-interrupting"),
    _warning("BPS043", "10.5.2", "isInterrupting stands in event sub-processes only"),
    _error("BPS044", "10.3.5", "An event sub-process has exactly one start event"),
    _error("BPS045", "10.5.4", "A boundary event is beside the activity it is attached to"),
    _error("BPS046", "10.5.5", "Cancel events belong to transactions"),
    _error("BPS047", "10.5.5", "A shared event definition stands at the top level"),
    _error("BPS048", "10.5.6", "One interrupting event sub-process of a level for one event"),
    _error("BPS049", "10.5.5", "A link has a name"),
    _error("BPS050", "10.5.5", "A message event of an executable process names its message"),
    _error("BPS051", "10.5.5", "A message event of an executable process names its operation", ""),
    _error("BPS052", "8.4.3", "What an executable process throws has a code", "warning"),
    _error("BPS053", "10.5.5", "A timer of an executable process has a date, duration or cycle"),
    _error("BPS054", "10.5.5", "A signal event of an executable process names its signal"),
    _error("BPS055", "10.5.5", "A link has one target in its process level"),
    _error("BPS056", "10.5.5", "A throwing link has a target in its process level"),
    _error("BPS057", "10.5.5", "A catching link has a source in its process level"),
    _error("BPS058", "10.5.5", "source and target of a link event are its other ends"),
    _error("BPS059", "10.5.5", "A condition that an executable process waits for is formal", "warning"),
    _error("BPS060", "10.7.1", "A compensation boundary event is associated with exactly one handler"),
    _error("BPS061", "10.7.1", "A compensation handler is marked so and stands beside its event"),
    _error("BPS062", "10.7.2", "What is compensated is visible from the event that compensates"),
    _error("BPS063", "10.7.2", "A task that is compensated by name has a handler"),
    _warning("BPS064", "10.7.1", "A compensation activity is associated with an event"),
    _error("BPS065", "11.6", "An event definition stands only in events of choreographies that may have it"),
    _error("BPS066", "10.3.5", "No event is attached to an event sub-process"),
    # Gateways
    _error("BPS080", "10.6.1", "gatewayDirection is that of the flows that are drawn"),
    _error("BPS081", "10.6.1", "A gateway splits or merges", "warning"),
    _error("BPS082", "10.6.6", "An event-based gateway has two or more outgoing flows"),
    _error("BPS083", "10.6.6", "Behind an event-based gateway are receive tasks or catching events"),
    _error("BPS084", "10.6.6", "What follows an event-based gateway is reached from nowhere else"),
    _error("BPS085", "10.6.6", "Behind an event-based gateway, receive tasks and message events are not mixed"),
    _error("BPS086", "10.6.6", "No event is attached to a receive task behind an event-based gateway"),
    _warning("BPS087", "10.6.2", "A splitting exclusive or inclusive gateway has conditions but on its default flow"),
    _error("BPS088", "10.6.6", "A parallel event-based gateway instantiates the process"),
    _error("BPS089", "10.6.6", "What instantiates the process has no incoming flow"),
    # Activities
    _error("BPS100", "10.3", "Quantities of tokens are 1 or more"),
    _error("BPS101", "10.3.8", "A loop's maximum is 1 or more"),
    _error("BPS102", "10.3.8", "A multi-instance activity counts by a number or by a collection, not by both"),
    _error("BPS103", "10.3.8", "A multi-instance activity of an executable process counts"),
    _error("BPS104", "10.3.8", "A data item of a multi-instance activity belongs to a collection"),
    _error("BPS105", "10.3.8", "The behavior of a multi-instance activity says what it throws"),
    _error("BPS106", "10.3.8", "The event of a complex behavior has a definition"),
    _error("BPS107", "10.3.5", "An ad-hoc sub-process has no start and end events"),
    _error("BPS108", "10.3.5", "An ad-hoc sub-process holds an activity"),
    _error("BPS109", "8.5.3", "An operation carries the message that is named beside it"),
    _warning("BPS110", "10.3.3", "A script says its language"),
    _error("BPS111", "10.2", "A process holds no choreography activities"),
    _error("BPS112", "11.2", "A choreography holds no activities and data of processes"),
    _error("BPS113", "10.4.1", "A call activity has the data inputs and outputs of what it calls"),
    _error("BPS114", "10.3.8", "A data item of a multi-instance activity is of what its collection holds"),
    _error("BPS115", "10.3.3", "The format of a script is a MIME type", "warning"),
    # Data
    _error("BPS130", "10.4.1", "A sub-process has no data inputs and outputs of its own"),
    _error("BPS131", "10.4.1", "Every data input and output is in a set"),
    _error("BPS132", "10.4.1", "Optional and while-executing data of a set are in the set"),
    _error("BPS133", "10.4.1", "A set refers to data beside it"),
    _error("BPS134", "10.4.1", "inputSetRefs and outputSetRefs name each other"),
    _error("BPS135", "10.4.1", "isCollection is that of the item definition"),
    _error("BPS136", "10.4.1", "A data object reference has no item definition of its own"),
    _error("BPS137", "10.4.1", "A data object reference names its data object"),
    _error("BPS138", "10.4.1", "A data object has no state; its references have"),
    _error("BPS139", "10.4.1", "A data store reference names its data store", "warning"),
    _error("BPS140", "10.4.1", "A data input association ends at a data input of its own activity or event"),
    _error("BPS141", "10.4.1", "A data output association starts at a data output of its own activity or event"),
    _error("BPS142", "10.4.1", "Data is used where it is visible"),
    _error("BPS143", "10.4.1", "A data association of several sources has a transformation"),
    _error("BPS144", "10.4.1", "A data association between different items has a transformation"),
    _error("BPS145", "10.4.1", "A process does not write its data inputs or read its data outputs"),
    _error("BPS146", "10.4.1", "A data input association has a source or an assignment"),
    _error("BPS147", "10.4.1", "A data association joins two different elements"),
    _error("BPS150", "10.3.3", "A service, send or receive task has a single data item for each message"),
    _error("BPS151", "10.3.3", "The data item of a message or signal is of what it carries"),
    _error("BPS152", "10.5.1", "An event has one data item for each of its definitions, or none"),
    _error("BPS153", "10.3.8", "A multi-instance task goes through data of its own"),
    _error("BPS154", "10.3.8", "A multi-instance activity goes through a collection"),
    _error("BPS155", "8.4.12", "What is bound to a resource are its own parameters"),
    _error("BPS156", "8.4.12", "Required parameters of a resource are bound"),
    _error("BPS157", "10.4.1", "An input-output binding is for an operation of a supported interface"),
    _error("BPS158", "10.4.1", "An input-output binding is of the element's own sets"),
    _error("BPS159", "10.4.1", "What supports an interface has input-output bindings"),
    # Processes and pools
    _error("BPS160", "10.2", "A public process is not executable"),
    _error("BPS161", "10.8", "A lane holds nodes of its own process"),
    _error("BPS162", "10.8", "A node is in one lane of a lane set"),
    _error("BPS165", "9.3.1", "The multiplicity of a participant is possible"),
    _warning("BPS166", "9.3", "A process has one pool in a collaboration"),
    _error("BPS170", "9.5", "A conversation has two or more participants"),
    _error("BPS171", "9.5.4", "A conversation link joins a conversation with a participant"),
    _error("BPS172", "9.5.3", "A global conversation holds no conversations"),
    _error("BPS173", "9.5", "A participant association maps participants of the called element to those of the caller"),
    _error("BPS174", "9.5", "A conversation or choreography activity uses what its own collaboration has"),
    _error("BPS175", "8.4.2", "A correlation subscription binds properties of its key"),
    _warning("BPS176", "8.4.2", "A correlation subscription binds every property of its key"),
    # Choreographies
    _error("BPS200", "11.5", "The initiator of a choreography activity takes part in it"),
    _error("BPS201", "11.5.1", "A choreography task has two participants"),
    _error("BPS202", "11.5.1", "The messages of a choreography task run between its participants"),
    _error("BPS203", "11.5", "The initiator of a choreography activity took part in the one before"),
    _error("BPS204", "11.5", "A global choreography task holds no flow elements"),
    _error("BPS205", "11.5.1", "The initiator of a choreography task sends a message of it"),
    _error("BPS206", "11.7.2", "Behind an event-based gateway of a choreography, senders or receivers are the same"),
    # Diagram interchange
    _error("BPS220", "12.2.3", "What is drawn exists"),
    _error("BPS221", "12.2.3", "A shape, an edge or a plane shows what can be shown so"),
    _error("BPS222", "12.2.3", "References between drawings name drawings"),
    # Supervision: the profile `duban` only
    _warning("SUP001", "", "A user task has an assignee or candidates"),
    _warning("SUP002", "", "A user task has a deadline"),
    _warning("SUP003", "", "A wait for a message, signal or condition ends by a timer at last"),
    _warning("SUP004", "", "Every element can be reached"),
    _warning("SUP005", "", "An end can be reached from every element"),
    _warning("SUP006", "", "A splitting exclusive or inclusive gateway has a default flow"),
    _warning("SUP007", "", "A message that is waited for is sent by a process of the release"),
    _warning("SUP008", "", "A message that is sent is waited for by a process of the release"),
    _warning("SUP009", "", "A variable is written on some path before it is read"),
    _warning("SUP010", "", "A choice of a form is read somewhere"),
    _warning("SUP011", "", "A deadline of a day or more on the WORK clock is meant in days"),
    _warning("SUP012", "", "Processes, activities and splitting gateways have names"),
)

RULES: Mapping[str, Rule] = {rule.number: rule for rule in _ALL}
