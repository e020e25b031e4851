namespace Nvdimm.DevEngine.Fields;

/// <summary>What becomes of a field that a client sends.</summary>
internal enum FieldUse
{
    /// <summary>The resource reads it itself.</summary>
    Read,

    /// <summary>It is kept as it was sent, and shown again.</summary>
    Kept,

    /// <summary>The real engine ignores it, since it only shows it or keeps it a secret: so does this one.</summary>
    Ignored,

    /// <summary>The real engine does something with it that this one does not: it is refused wherever it says anything.</summary>
    Refused,
}
