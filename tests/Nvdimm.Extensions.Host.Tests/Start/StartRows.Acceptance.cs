using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>Every code that can be accepted: exactly what was accepted starts, and nothing else.</summary>
internal static partial class StartRows
{
    private static readonly FoundContent Ext4 = new("ext4") { Label = "backup", Uuid = "c0ffee00-0000-4000-8000-000000000001", End = ByteSize.FromMiB(800) };

    private static IEnumerable<StartRow> AcceptanceRows()
    {
        foreach (var row in Acceptable())
        {
            var (alone, code) = (row.Keeping(KeepFrom.Nowhere), row.Refusals.Single());
            ValueList<string> warnings = [.. row.Warnings.Where(warning => warning is not (LayoutToWrite or LayoutOfLabels)), .. code == ContentFound ? [ContentFound] : Array.Empty<string>()];
            yield return (alone with { Name = $"{code}, accepted", Accepted = RowAcceptance.WhatRefuses, Refusals = [], AdvisedOffset = null })
                .Starts(row.LabelOffset ?? EngineOffset, row.GuestSize ?? EngineGuest, [.. warnings]);
            yield return alone with
            {
                Name = $"{code}, other figures accepted",
                Accepted = RowAcceptance.OtherArguments,
                LabelOffset = null,
                GuestSize = null,
                GuestUuid = null,
            };
        }

        yield return X86("a device of another VM, accepted", "P10, GuardCodes: not acceptable").With(new RowRecord { VmName = OtherVm, VmId = OtherVmId })
            .Refuses(UsedByOtherVm) with
        { Accepted = RowAcceptance.WhatRefuses };
        yield return X86("a layout that cannot start, accepted", "S1").Asks(domain => domain with { Target = GiB, Align = GiB })
            .Refuses(DeviceTooSmall) with
        { Accepted = RowAcceptance.WhatRefuses };
        yield return X86("use by the host, accepted", "GuardCodes: not acceptable").Hears(Finding.Error(InUseByHost, ("device", "namespace0.0"), ("use", "swap")))
            .Refuses(InUseByHost) with
        { Accepted = RowAcceptance.WhatRefuses };
    }

    /// <summary>A row for each acceptable code that refuses alone, where nothing is kept. Without an alternative: those rows are in the other groups.</summary>
    private static IEnumerable<StartRow> Acceptable()
    {
        const string Table = "A1";
        yield return X86("", Table).With(RowLabels.At(EngineOffset), RowLabels.At(WholeOffset)).Refuses(LayoutAmbiguous).Warns(LayoutNotRecorded, LayoutOfLabels);
        yield return X86("", Table).With(RowLabels.At(EngineOffset, 256 * KiB)).Refuses(LayoutMoved);
        yield return X86("", Table).On(device => device with { Size = ByteSize.FromMiB(513) }).Asks(domain => domain with { Target = 386 * MiB })
            .With(new RowRecord { Architecture = GuestArchitecture.Ppc64, Target = PowerTarget, Uuid = OfDomain })
            .Refuses(LayoutChanged) with
        { LabelOffset = (386 * MiB) - (128 * KiB), GuestSize = 384 * MiB };
        yield return X86("", Table).With(RowLabels.UpTo(EngineOffset, GiB)).Refuses(LayoutCutsNamespaces).Warns(LayoutNotRecorded);
        yield return X86("", Table).With(new RowRecord { DeviceSize = 2 * GiB }).Refuses(LayoutResized);
        yield return X86("", Table).With(new RowRecord { Labels = RowLabels.At(EngineOffset) }).Refuses(LayoutLabelsMissing);
        yield return X86("", Table).With(RowLabels.Damaged(EngineOffset)).Refuses(LayoutLabelsDamaged);
        yield return X86("", Table).Knows(evidence => evidence with
        {
            Labels = new()
            {
                Path = "/dev/pmem0",
                DeviceSize = null,
                Found = [],
                UnreadableReason = "Input/output error",
            }
        }).Refuses(LayoutUnreadable) with
        { Source = "A2" };
        yield return X86("", "C1").Holding(Ext4 with { End = ByteSize.FromBytes(GiB) }).Refuses(ContentCut);
        yield return X86("", "C1").Holding(Ext4 with { Type = "linux_raid_member", LargestFit = ByteSize.FromMiB(801) }).Refuses(ContentNotAtEnd);
        yield return X86("", "C1").Holding(Ext4 with { End = null, Damage = ContentDamage.Checksum }).Refuses(ContentDamaged);
        yield return X86("", "C1").Holding(Ext4 with { Type = "crypto_LUKS", End = null }).Refuses(ContentSizeUnknown);
        yield return X86("", "C1").Holding(Ext4).Refuses(ContentFound) with { Policy = new StartPolicy { Content = StartReaction.Refuse } };

        var power = Power("", "D1") with { LabelOffset = PowerGuest, GuestSize = PowerGuest, GuestUuid = OfDomain };
        yield return power.With(RowLabels.At(PowerGuest, cookies: [Cookie(OfDomain), Cookie(Stranger)])).Refuses(LayoutForeign).Warns(LayoutNotRecorded);
        yield return power.On(device => device with { Uuid = null }).With(new RowRecord { Target = PowerTarget, Uuid = Stranger, DeviceSize = 513 * MiB })
            .Refuses(LayoutUuidChanged).Advises(PowerGuest);
    }

    private static StartRow Holding(this StartRow row, params FoundContent[] content) => row with { Content = [.. content] };
}
