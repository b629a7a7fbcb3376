"""Files of the standards, checked and made into immutable models: `.bpmn`, `.dmn` and `.form`.

This package is the only importer of SpiffWorkflow and lxml. What it returns can be run; what it cannot read whole it
refuses with `InvalidModel`, every problem at its element and line.
"""

from engine.notation.bpmn import UNSUPPORTED, Foreign, literal, read_bpmn
from engine.notation.dmn import read_dmn
from engine.notation.forms import Form, read_form

__all__ = ["UNSUPPORTED", "Foreign", "Form", "literal", "read_bpmn", "read_dmn", "read_form"]
