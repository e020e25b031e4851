namespace Nvdimm.Extensions.Host.Start;

/// <summary>What may replace the layout that a start asks for, where the device was used with another one.</summary>
public enum KeepFrom
{
    /// <summary>Nothing: the start is refused, and the decision names the layout that the device has.</summary>
    Nowhere,

    /// <summary>The layout in the ledger's record.</summary>
    Record,

    /// <summary>The layout in the ledger's record; where there is no record, the layout of the only labels on the device.</summary>
    RecordThenLabels,
}
