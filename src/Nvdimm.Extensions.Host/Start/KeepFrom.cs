namespace Nvdimm.Extensions.Host.Start;

/// <summary>Which layout may replace the asked one if the device was used with another layout.</summary>
public enum KeepFrom
{
    /// <summary>None: the start is refused, and the decision names the existing layout of the device.</summary>
    Nowhere,

    /// <summary>The layout in the ledger's record.</summary>
    Record,

    /// <summary>The layout in the ledger's record; without a record, the layout of the only labels on the device.</summary>
    RecordThenLabels,
}
