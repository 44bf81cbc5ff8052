"""XML in UTF-8 through lxml, with text that XML can carry."""

from lxml import etree

from aggregator.exports.inert import xml_text

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """A new child with its text; forbidden characters are left out."""
    child = etree.SubElement(parent, tag, {name: xml_text(value) for name, value in attributes.items()})
    child.text = xml_text(text) or None
    return child


def xml_bytes(root: etree._Element) -> bytes:
    """The whole document, indented."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
