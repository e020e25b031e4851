using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What a decision says, in full: the elements to write are copied into a domain.</summary>
public sealed class StartDecisionTextTests
{
    private static StartRow X86 => new("a device of 1 GiB", "StartDecisionTextTests");

    /// <summary>Only an administrator knows which labels are the current ones, and each has its own uuid.</summary>
    [Test]
    public void SeveralLabelsOfAPowerGuest_EachSayTheElementsThatFit()
    {
        const long Other = 256 * RowNames.MiB;
        var row = X86 with
        {
            Architecture = GuestArchitecture.Ppc64,
            Device = X86.Device with { Size = ByteSize.FromMiB(513) },
            Domain = new RowDomain { Target = RowNames.PowerTarget, Uuid = RowNames.OfDomain },
            Labels =
            [
                RowLabels.At(RowNames.PowerGuest, cookies: RowNames.Cookie(RowNames.OfDomain)),
                RowLabels.At(Other, cookies: RowNames.Cookie(RowNames.Stranger)),
            ],
        };
        Assert.That(
            Said(row, NvdimmCodes.LayoutOfLabels, "offset", "elements"),
            Is.EquivalentTo(new[]
            {
                $"536870912 <uuid>{RowNames.OfDomain}</uuid> <alignsize unit='KiB'>2048</alignsize> <size unit='KiB'>524416</size> "
                    + "<label><size unit='KiB'>128</size></label>",
                $"268435456 <uuid>{RowNames.WithHalfOf(RowNames.Derived, RowNames.Stranger)}</uuid> <alignsize unit='KiB'>2048</alignsize> "
                    + "<size unit='KiB'>262272</size> <label><size unit='KiB'>128</size></label>",
            }));
    }

    [Test]
    public void SeveralLabelsOfAnX86Guest_HaveNoUuid() => Assert.That(
        Said(X86 with { Labels = [RowLabels.At(RowNames.EngineOffset), RowLabels.At(RowNames.WholeOffset)] }, NvdimmCodes.LayoutOfLabels, "elements"),
        Is.EqualTo(new[]
        {
            "<alignsize unit='KiB'>2048</alignsize> <size unit='KiB'>919552</size> <label><size unit='KiB'>128</size></label>",
            "<alignsize unit='KiB'>2048</alignsize> <size unit='KiB'>1048576</size> <label><size unit='KiB'>128</size></label>",
        }));

    [Test]
    public void PowerLoss_IsSaidWithBothCounts()
    {
        var row = X86 with
        {
            Record = new RowRecord(),
            Change = evidence => evidence with
            {
                Device = evidence.Device with { DirtyShutdowns = 5 },
                Recorded = new LayoutRecordResult(evidence.Recorded.Record! with { DirtyShutdowns = 3 }, []),
            }
        };
        Assert.That(Said(row, NvdimmCodes.DirtyShutdown, "device", "recorded", "now"), Is.EqualTo(new[] { "namespace0.0 3 5" }));
    }

    /// <summary>An acceptance covers exactly these labels, so every argument counts.</summary>
    [Test]
    public void LaterLabelsThatAreACopy_AreSaidWithTheirHomes()
    {
        var (recorded, later) = (RowLabels.At(RowNames.EngineOffset, cookies: 1), RowLabels.At(RowNames.EngineOffset, cookies: 2));
        var row = X86 with { Record = new RowRecord { Labels = recorded }, Labels = [later, later with { Offset = RowNames.WholeOffset }] };
        Assert.That(
            Said(row, NvdimmCodes.LayoutStaleLabels, "device", "offset", "labels", "recorded", "home"),
            Is.EqualTo(new[] { $"namespace0.0 {RowNames.EngineOffset} {later.Area.Hash} {recorded.Area.Hash} {RowNames.EngineOffset}" }));
    }

    private static IEnumerable<string> Said(StartRow row, string code, params string[] arguments) => row.Decide().Findings
        .Where(finding => finding.Code == code).Select(finding => string.Join(' ', arguments.Select(argument => finding[argument])));
}
