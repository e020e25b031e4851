namespace Nvdimm.DevEngine.Fields;

/// <summary>What the engine does with a field that a client sends.</summary>
internal enum FieldUse
{
    /// <summary>The resource reads the field itself.</summary>
    Read,

    /// <summary>The field is stored as it was sent, and shown again.</summary>
    Kept,

    /// <summary>The real engine ignores the field, because it only shows it or keeps it secret; so does this one.</summary>
    Ignored,

    /// <summary>The real engine serves the field and this one does not: it is refused if it has a value.</summary>
    Refused,
}
