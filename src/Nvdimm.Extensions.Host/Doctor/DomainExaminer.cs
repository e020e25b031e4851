using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>Diagnoses what the next start of a domain, its saves and its snapshots would do to its NVDIMMs.</summary>
internal sealed class DomainExaminer(StartEvidenceReader reader, HostState host, bool isGuarded, GuestArchitecture architecture)
{
    /// <summary>The codes that are reported once for the host, or need no report because the first start writes the record.</summary>
    private static readonly string[] NotHere =
        [NvdimmCodes.HypervisorNotVerified, NvdimmCodes.LayoutNotRecorded, NvdimmCodes.LedgerUnreadable];

    private readonly StartPolicy policy = new() { KeepFrom = KeepFrom.RecordThenLabels, UnverifiedHypervisor = UnverifiedReaction.Warn };

    /// <summary>The codes that QEMU or libvirt may accept anyway, with an NVDIMM that nothing has checked.</summary>
    private static readonly string[] AcceptedAnyway = [NvdimmCodes.XmlDeviceTwice, NvdimmCodes.XmlHidden];

    /// <summary>The severity of a start that a hook would refuse: with hooks only the start is at risk, not the data.</summary>
    private readonly DiagnosisLevel unguarded = isGuarded ? DiagnosisLevel.Advice : DiagnosisLevel.DataAtRisk;

    /// <summary>The domain and its diagnoses; no domain if it has no NVDIMMs on devices of this host.</summary>
    public (DomainExamination? Domain, ValueList<Diagnosis> Diagnoses) Examine(KnownDomain domain)
    {
        var parsed = Domain.Parse(domain.Xml);
        if (parsed.Domain is not { } definition)
        {
            return (null, OfUnread(parsed.Findings));
        }

        var read = DomainGuest.Read(definition);
        if (read.Guest is not { } guest)
        {
            return (null, OfUnread(read.Findings));
        }

        var nvdimms = DomainNvdimms.Read(definition);
        var name = guest.Name ?? guest.Id ?? "a domain";
        var vm = new StartVm(name, guest.Id) { NumaNodes = guest.NumaNodes };
        var (others, ofOthers) = Others(definition, name);
        var said = ofOthers.ToList();
        var asked = new List<(string Path, NvdimmDevice? Device, NvdimmElement? Element, DomainDeviceUse? Use)>();
        foreach (var element in nvdimms.Elements)
        {
            var (device, ofDevice) = Find(element.Path, name);
            said.AddRange(ofDevice);
            asked.Add((element.Path, device, element, null));
        }

        asked.AddRange(others);
        said.AddRange(OfPlugged(name, vm, guest, domain, [.. asked.Select(one => one.Path)]));
        if (asked.Count == 0)
        {
            said.AddRange(OfText(name, nvdimms.Findings.Concat(host.Check(definition, []))));
            return (null, said.ToValueList());
        }

        var decisions = new List<StartDecision>();
        foreach (var (_, device, element, use) in asked)
        {
            var wanted = device?.Path is null ? null
                : element is not null ? AskedOf(element, device, guest)
                : AskedNvdimm.Of(use!, device, guest.Architecture ?? architecture);
            if (wanted is not null)
            {
                decisions.Add(StartDecision.Decide(reader.Read(vm, device!, wanted, host), policy));
            }
            else if (device is not null)
            {
                said.AddRange(OfUnknownSize(name, device));
            }
        }

        var examination = new DomainExamination
        {
            Name = name,
            Id = guest.Id,
            IsRunning = domain.IsRunning,
            Decisions = decisions.ToValueList(),
        };
        said.AddRange(decisions.SelectMany(decision => OfDecision(examination, decision, guest.Architecture ?? architecture)));

        said.AddRange(OfText(name, nvdimms.Findings.Concat(host.Check(definition, []))));
        said.AddRange(OfSaves(name, domain, string.Join(", ", asked.Select(one => one.Path))));
        return (examination, said.ToValueList());
    }

    /// <summary>
    /// The diagnoses of NVDIMMs that were plugged into the running domain. libvirt calls no hook for that, so nothing has checked them.
    /// </summary>
    /// <param name="name">The domain's name.</param>
    /// <param name="vm">The VM.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="defined">The paths of its definition.</param>
    private IEnumerable<Diagnosis> OfPlugged(
        string name, StartVm vm, DomainGuest guest, KnownDomain domain, IReadOnlyCollection<string> defined)
    {
        var said = new List<Diagnosis>();
        foreach (var element in domain.RunningXml is { } xml ? DomainNvdimms.Read(xml).Elements : [])
        {
            if (defined.Contains(element.Path, StringComparer.Ordinal))
            {
                continue;
            }

            var (found, ofDevice) = Find(element.Path, name);
            said.AddRange(ofDevice);
            if (found is not { Path: not null } device)
            {
                continue;
            }

            said.Add(new Diagnosis
            {
                Level = DiagnosisLevel.Advice,
                Subject = name,
                Finding = Finding.Warning(NvdimmCodes.PluggedIn, ("vm", name), ("device", device.Name)),
            });
            if (AskedOf(element, device, guest) is { } wanted)
            {
                var decision = StartDecision.Decide(reader.Read(vm, device, wanted, host), policy);
                var plugged = new DomainExamination
                {
                    Name = name,
                    Id = vm.Id,
                    IsRunning = domain.IsRunning,
                    Decisions = [decision],
                };
                said.AddRange(plugged.RefusalsOf(decision).Select(refusal =>
                    new Diagnosis { Level = DiagnosisLevel.DataAtRisk, Subject = name, Finding = refusal }));
            }
        }

        return said;
    }

    private AskedNvdimm? AskedOf(NvdimmElement element, NvdimmDevice device, DomainGuest guest) =>
        AskedNvdimm.Of(element, device, guest.Architecture ?? architecture, guest.Memory, guest.HidesHypervisor);

    /// <summary>The diagnoses of a definition that cannot be read.</summary>
    private ValueList<Diagnosis> OfUnread(ValueList<Finding> findings) => findings
        .Select(finding => new Diagnosis { Level = unguarded, Subject = "a domain", Finding = finding })
        .ToValueList();

    /// <summary>The diagnoses of the domain's XML.</summary>
    private IEnumerable<Diagnosis> OfText(string name, IEnumerable<Finding> findings) => findings.Distinct().Select(finding =>
        new Diagnosis
        {
            Level = AcceptedAnyway.Contains(finding.Code, StringComparer.Ordinal) ? unguarded : DiagnosisLevel.Advice,
            Subject = name,
            Finding = finding,
        });

    /// <summary>The diagnoses of a device with which the start cannot be checked.</summary>
    private static IEnumerable<Diagnosis> OfUnknownSize(string name, NvdimmDevice device) => device.Findings
        .Where(finding => finding.Severity == Severity.Error)
        .DefaultIfEmpty(Finding.Error(NvdimmCodes.NoDevicePath, ("device", device.Name)))
        .Select(finding => new Diagnosis { Level = DiagnosisLevel.Advice, Subject = name, Finding = finding });

    private IEnumerable<Diagnosis> OfDecision(DomainExamination domain, StartDecision decision, GuestArchitecture guest)
    {
        var name = domain.Name;
        foreach (var refusal in domain.RefusalsOf(decision))
        {
            yield return new Diagnosis { Level = unguarded, Subject = name, Finding = refusal };
        }

        if (decision is { KeptFrom: not null, Layout: { } kept } && domain.IsAllowed(decision))
        {
            var device = decision.Evidence.Device;
            var finding = Finding.Error(
                NvdimmCodes.DomainMovesLayout,
                ("vm", name),
                ("device", device.Name),
                ("asked", $"{decision.Evidence.Asked.Element?.TargetSize.Bytes}"),
                ("kept", $"{kept.TargetSize.Bytes}"));
            var node = decision.Evidence.Asked.Element?.GuestNode ?? 0;
            var remedy = $"nvdimm memdev {device.Uuid?.ToString("D") ?? device.Name} --guest-node {node} --arch {guest} --format xml";
            yield return new Diagnosis { Level = unguarded, Subject = name, Finding = finding, Remedy = remedy };
        }

        foreach (var warning in decision.Findings.Where(
            finding => finding.Severity == Severity.Warning && !NotHere.Contains(finding.Code, StringComparer.Ordinal)))
        {
            yield return new Diagnosis { Level = DiagnosisLevel.Advice, Subject = name, Finding = warning };
        }
    }

    private IEnumerable<Diagnosis> OfSaves(string name, KnownDomain domain, string devices)
    {
        if (domain.HasManagedSave)
        {
            var finding = Finding.Error(NvdimmCodes.SaveOverwrites, ("vm", name), ("devices", devices));
            yield return new Diagnosis
            {
                Level = unguarded,
                Subject = name,
                Finding = finding,
                Remedy = $"virsh managedsave-remove {ShellWords.Quote(name)}",
            };
        }

        foreach (var snapshot in domain.MemorySnapshots)
        {
            var finding = Finding.Warning(NvdimmCodes.SnapshotOverwrites, ("vm", name), ("snapshot", snapshot), ("devices", devices));
            var remedy = $"virsh snapshot-delete {ShellWords.Quote(name)} {ShellWords.Quote(snapshot)}";
            yield return new Diagnosis { Level = DiagnosisLevel.Advice, Subject = name, Finding = finding, Remedy = remedy };
        }
    }

    /// <summary>The virtio-pmem devices of the domain that are devices of this host, and their diagnoses.</summary>
    private (IEnumerable<(string Path, NvdimmDevice? Device, NvdimmElement? Element, DomainDeviceUse? Use)> Pmems,
        ValueList<Diagnosis> Diagnoses) Others(Domain definition, string name)
    {
        var said = new List<Diagnosis>();
        var uses = StartMemoryUses.Find(
            DomainDeviceUses.Read(definition).Uses.Where(use => use is { IsMemory: true, Kind: not DomainUseKind.Nvdimm }), path =>
            {
                var (device, ofDevice) = Find(path, name, isRequired: false);
                said.AddRange(ofDevice);
                return device;
            });
        said.AddRange(uses.Refusals.Select(refusal => new Diagnosis { Level = unguarded, Subject = name, Finding = refusal }));
        var pmems = uses.Pmems.Select(
            pmem => (pmem.Use.Path, (NvdimmDevice?)pmem.Device, (NvdimmElement?)null, (DomainDeviceUse?)pmem.Use));
        return (pmems, said.ToValueList());
    }

    /// <summary>The device of a path, and a diagnosis if it cannot be found.</summary>
    private (NvdimmDevice? Device, ValueList<Diagnosis> Diagnoses) Find(string path, string name, bool isRequired = true)
    {
        try
        {
            var device = host.Devices.Find(path);
            return (device, device is null && isRequired ? [Advice(Finding.Error(NvdimmCodes.XmlUnmatched, ("path", path)))] : []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [Advice(DeviceUse.Unknown(path, failure.Message, Severity.Error))]);
        }

        Diagnosis Advice(Finding finding) => new() { Level = DiagnosisLevel.Advice, Subject = name, Finding = finding };
    }
}
