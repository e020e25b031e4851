using Nvdimm.Extensions.Sizing;

using static Nvdimm.Extensions.Host.Tests.Start.RowNames;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The table of the start decision. Where a row shows another answer, the decision is wrong and not the row.</summary>
internal static partial class StartRows
{
    private static readonly Lazy<IReadOnlyList<(string Group, StartRow Row)>> Rows = new(() =>
    [
        .. Of("ledger", LedgerRows()),
        .. Of("labels", LabelRows()),
        .. Of("acceptance", AcceptanceRows()),
        .. Of("content", ContentRows()),
        .. Of("domain", DomainRows()),
        .. Of("owner", OwnerRows()),
        .. Of("host", HostRows()),
        .. Of("POWER", PowerRows()),
    ]);

    /// <summary>All rows, each with its group.</summary>
    public static IReadOnlyList<(string Group, StartRow Row)> All => Rows.Value;

    /// <summary>The rows that hook, tool and development engine are asked with: all for which a host of files can be made.</summary>
    public static IEnumerable<StartRow> ForEveryFrontEnd => All.Select(row => row.Row).Where(row => row.IsForEveryFrontEnd);

    /// <summary>The same as test cases.</summary>
    public static IEnumerable<TestCaseData> Cases => ForEveryFrontEnd.Select(row => new TestCaseData(row).SetArgDisplayNames($"{row}"));

    private static IEnumerable<(string Group, StartRow Row)> Of(string group, IEnumerable<StartRow> rows) => rows.Select(row => (group, row));

    /// <summary>An x86 guest that asks for the engine's layout of a device of 1 GiB.</summary>
    private static StartRow X86(string name, string source) => new(name, source);

    /// <summary>The same, asking for the whole device.</summary>
    private static StartRow Whole(string name, string source) => X86(name, source).Asks(domain => domain with { Target = GiB });

    /// <summary>A POWER guest that asks for the engine's layout of a device of 513 MiB, with a uuid of the domain's own.</summary>
    private static StartRow Power(string name, string source) => new StartRow($"POWER, {name}", source)
    {
        Architecture = GuestArchitecture.Ppc64,
        Domain = new RowDomain { Target = PowerTarget, Uuid = OfDomain },
    }.On(device => device with { Size = ByteSize.FromMiB(513) });

    private static StartRow With(this StartRow row, RowRecord record) => row with { Record = record };

    private static StartRow With(this StartRow row, params RowLabels[] labels) => row with { Labels = [.. labels] };
}
