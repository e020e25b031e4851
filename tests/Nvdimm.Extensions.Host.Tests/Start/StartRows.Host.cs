using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Start;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What the host says beside record and device, and kinds of devices.</summary>
internal static partial class StartRows
{
    private static IEnumerable<StartRow> HostRows()
    {
        var notVerified = Finding.Warning(HypervisorNotVerified, ("reason", "they were never verified"));
        var known = Finding.Warning(HypervisorKnown, ("reason", "they were never verified"), ("rows", "libvirt 10.0 is between 9.0 and 11.3"));
        foreach (var reaction in Enum.GetValues<UnverifiedReaction>())
        {
            var policy = new StartPolicy { KeepFrom = KeepFrom.RecordThenLabels, UnverifiedHypervisor = reaction };
            var row = X86($"hypervisor not verified, policy {reaction}", "facts/versions.md").Hears(notVerified) with { Policy = policy };
            yield return reaction != UnverifiedReaction.Warn ? row.Refuses(HypervisorNotVerified) : row.Starts(EngineOffset, EngineGuest, HypervisorNotVerified);
            var kept = X86($"hypervisor not verified, kept layout, policy {reaction}", "facts/versions.md").With(WholeRecord).Hears(notVerified) with { Policy = policy };
            var near = X86($"hypervisor known by its versions, policy {reaction}", "facts/versions.md").Hears(known) with { Policy = policy };
            yield return reaction == UnverifiedReaction.Refuse ? near.Refuses(HypervisorKnown) : near.Starts(EngineOffset, EngineGuest, HypervisorKnown);
            yield return reaction != UnverifiedReaction.Warn
                ? kept.Refuses(HypervisorNotVerified).Warns(HotPlugMisaligned)
                : kept.Keeps(KeptSource.Record, WholeOffset, WholeGuest, HypervisorNotVerified, HotPlugMisaligned);
            yield return X86($"hypervisor drift, policy {reaction}", "facts/versions.md").Hears(Finding.Error(HypervisorDrift, ("device", "namespace0.0"), ("mismatches", "3"), ("cases", "5")))
                .Refuses(HypervisorDrift) with
            { Policy = policy };
        }

        foreach (var (name, code, source) in new[]
        {
            ("claimed by another VM", ClaimHeld, "trials/guard.md, held: claims"),
            ("a claim that cannot be read", ClaimDamaged, "trials/guard.md, held: claims"),
            ("in use by the host", InUseByHost, "P2"),
            ("read-only", ReadOnly, "sysfs ro"),
            ("its use cannot be read", HostUseUnknown, "brief: a failing read is never nothing there"),
            ("another namespace under its name", IdentityChanged, "trials/guard.md 4"),
            ("open in a running QEMU", UsedByOtherVm, "P3"),
            ("two namespaces with one uuid", DuplicateUuid, "trials/guard.md 10"),
            ("a part of a dax region", DaxSizeMismatch, "D13"),
            ("the ledger cannot be read", LedgerUnreadable, "LAYOUTS.md: that there is no record has to be sure"),
        })
        {
            yield return X86(name, source).Hears(Finding.Error(code, ("device", "namespace0.0"))).Refuses(code);
            yield return X86($"{name}, the record says the same", source).With(new RowRecord()).Hears(Finding.Error(code, ("device", "namespace0.0"))).Refuses(code);
        }

        foreach (var (then, now, isSaid) in new (long?, long?, bool)[] { (1, 2, true), (2, 2, false), (null, 2, false), (2, null, false), (2, 1, false) })
        {
            yield return X86($"dirty shutdowns: {then?.ToString() ?? "unknown"} then, {now?.ToString() ?? "unknown"} now", "issue 19, section 2: the device lost power")
                .With(new RowRecord())
                .Knows(evidence => evidence with
                {
                    Device = evidence.Device with { DirtyShutdowns = now },
                    Recorded = evidence.Recorded with { Record = evidence.Recorded.Record! with { DirtyShutdowns = then } },
                })
                .Starts(EngineOffset, EngineGuest, isSaid ? [DirtyShutdown] : []);
        }

        yield return X86("two reasons of the host and one of the ledger", "StartDecision.Refusals").With(WholeRecord).Keeping(KeepFrom.Nowhere)
            .Hears(Finding.Error(ClaimHeld, ("device", "namespace0.0")), Finding.Error(InUseByHost, ("device", "namespace0.0")))
            .Refuses(ClaimHeld, InUseByHost, LayoutChanged).Advises(WholeOffset);
        yield return X86("a dax device with bad blocks", "A2").On(Dax).On(device => device with { BadBlockCount = 2 })
            .Knows(evidence => evidence with
            {
                Labels = new()
                {
                    Path = "/dev/dax0.0",
                    DeviceSize = null,
                    Found = [],
                    UnreadableReason = "it has bad blocks",
                },
                Content = null
            }).Refuses(LayoutUnreadable);
        yield return X86("a dax device with bad blocks and a record", "A2").On(Dax).On(device => device with { BadBlockCount = 2 }).With(new RowRecord())
            .Knows(evidence => evidence with
            {
                Labels = new()
                {
                    Path = "/dev/dax0.0",
                    DeviceSize = null,
                    Found = [],
                    UnreadableReason = "it has bad blocks",
                },
                Content = null
            }).Refuses(LayoutUnreadable);
        yield return X86("a block device with bad blocks", "A2").On(device => device with { BadBlockCount = 2 }).Starts(EngineOffset, EngineGuest);
        yield return X86("use that could not be read is not in the evidence", "StartEvidence.Use").Knows(evidence => evidence with { Use = null, Hypervisor = null })
            .Starts(EngineOffset, EngineGuest);

        const string Qemu = "issue 12 section 1: a regular file on a DAX mount";
        yield return X86("a file", Qemu).On(File).Starts(EngineOffset, EngineGuest);
        yield return X86("a file, the record says the same", Qemu).On(File).With(new RowRecord()).Starts(EngineOffset, EngineGuest);
        yield return X86("a file with labels elsewhere", Qemu).On(File).With(RowLabels.At(WholeOffset))
            .Keeps(KeptSource.Labels, WholeOffset, WholeGuest, LayoutNotRecorded, HotPlugMisaligned);
        yield return X86("a file that another VM had last", Qemu).On(File).With(Others).Refuses(UsedByOtherVm);
        yield return X86("a file without identity, with a record", Qemu).On(File).On(device => device with { File = new BackingFile(null, IsDax: true) }).With(new RowRecord())
            .Starts(EngineOffset, EngineGuest, LayoutWeakIdentity);
        yield return X86("a sparse file", Qemu).On(File).Hears(Finding.Warning(FileSparse, ("device", "/srv/dax/vm.img"))).Starts(EngineOffset, EngineGuest, FileSparse);
        yield return X86("a private file", Qemu).On(File).Asks(domain => domain with { Access = "private" }).Starts(EngineOffset, EngineGuest, AccessPrivate);
    }

    private static NvdimmDevice File(NvdimmDevice device) => device with
    {
        Name = "/srv/dax/vm.img",
        Path = "/srv/dax/vm.img",
        File = new BackingFile(new FileIdentity(Stranger, 12, 0), IsDax: true),
        Uuid = null,
        RawUuid = null,
        Mode = default,
        Align = null,
    };
}
