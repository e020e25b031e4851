using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What is read of the host, and what of it cannot be read.</summary>
public sealed partial class StartEvidenceTests
{
    [Test]
    public void Read_DeviceWithoutPath_IsRefusedByName() => Assert.That(
        () => reader.Read(new StartVm("db", "1"), device with { Path = null }, Starting.Asked(Samples.Layout()), reader.ReadHost()),
        Throws.ArgumentException.With.Message.StartsWith("namespace0.0 has no device file").And.Property("ParamName").EqualTo("device"));

    /// <summary>The content is read unless backend and guest size are the recorded ones.</summary>
    [Test]
    public void Read_LooksAtTheContent_OnlyWhereTheLayoutIsNotTheRecordedOne()
    {
        Assert.That(Check().Evidence.Content, Is.Not.Null, "no record");
        reader.Ledger.Save(Check().Use());
        Assert.That(Check().Evidence.Content, Is.Null);
        var recorded = Samples.Layout();
        var otherBackend = Starting.Asked(recorded with { TargetSize = recorded.TargetSize + ByteSize.FromMiB(2), LabelSize = ByteSize.FromMiB(3) });
        var otherGuest = Starting.Asked(recorded with { LabelSize = ByteSize.FromMiB(4) });
        Assert.That(
            (otherBackend.Sizing.Layout?.BackendSize == recorded.BackendSize, otherBackend.Sizing.Layout?.GuestSize == recorded.GuestSize), Is.EqualTo((false, true)));
        Assert.That(
            (otherGuest.Sizing.Layout?.BackendSize == recorded.BackendSize, otherGuest.Sizing.Layout?.GuestSize == recorded.GuestSize), Is.EqualTo((true, false)));
        foreach (var asked in new[] { otherBackend, otherGuest })
        {
            Assert.That(reader.Read(new StartVm("db", "1"), device, asked, reader.ReadHost()).Content, Is.Not.Null);
        }
    }

    /// <summary>Two names are one device if they have the same uuid. A regular file has no other names.</summary>
    [Test]
    public void Read_OtherNamespaces_AreThoseOfTheHost_AndNamesakesThoseWithTheSameUuid()
    {
        Namespace(1, Samples.Uuid(0));
        Namespace(2, Samples.Uuid(2));
        Namespace(0, Samples.Uuid(0));
        var evidence = Check().Evidence;
        Assert.That(evidence.SameIdentityNames, Is.EqualTo(new[] { "namespace1.0" }));
        Assert.That(evidence.OtherDevices, Is.EqualTo(new[] { Samples.Identity(0), Samples.Identity(2) }), "without itself");
        var file = device with { File = new BackingFile(new FileIdentity(Samples.Uuid(50), 12, 1), IsDax: true) };
        evidence = reader.Read(new StartVm("db", "1"), file, Starting.Asked(Samples.Layout()), reader.ReadHost());
        Assert.That((evidence.OtherDevices.Count, evidence.SameIdentityNames.Count), Is.EqualTo((0, 0)));
    }

    /// <summary>It may be the only record that tells this device from another.</summary>
    [Test]
    public void Read_RecordsThatCannotBeRead_AreAFinding()
    {
        Directory.Delete(folder.PathOf("state"), recursive: true);
        File.CreateSymbolicLink(folder.PathOf("state"), "state");
        var evidence = Check().Evidence;
        Assert.That(evidence.HostFindings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.LedgerUnreadable));
        Assert.That(evidence.OtherRecords, Is.Empty);
        Assert.That(reader.ReadHost().FolderRefusal?.Code, Is.EqualTo(NvdimmCodes.LedgerUnreadable));
        Assert.That(reader.ReadHost().FolderRefusal?["reason"], Does.Contain(folder.PathOf("state", "host-")));
        Assert.That(evidence.HostFindings.First(finding => finding.Code == NvdimmCodes.LedgerUnreadable)["reason"], Does.Contain("state"));
    }

    [Test]
    public void Read_NamespacesThatCannotBeListed_AreAFinding()
    {
        Directory.CreateDirectory(folder.PathOf("sys", "bus", "nd"));
        File.CreateSymbolicLink(folder.PathOf("sys", "bus", "nd", "devices"), "devices");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown);
        Assert.That(verdict.Findings[0]["device"], Is.EqualTo("namespace0.0"));
    }

    [Test]
    public void Read_DeviceFileThatCannotBeLookedAt_IsUnreadable()
    {
        File.Delete(device.Path!);
        File.CreateSymbolicLink(device.Path!, "pmem0");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown, NvdimmCodes.LayoutUnreadable);
        Assert.That((verdict.Evidence.Use, verdict.Evidence.Labels.IsReadable), Is.EqualTo(((DeviceUse?)null, false)));
    }

    /// <summary>A running QEMU is a use of the device, claimed or not; it is the VM's own if it has the VM's name.</summary>
    [TestCase("other", 0)]
    [TestCase("db", 1)]
    public void Read_RunningQemuWithTheDevice_IsAFinding_AndAnOwnUseByItsName(string name, int own)
    {
        using var qemu = new FakeQemu(folder.Path, name, $"{Samples.Uuid(15)}", device.Path!);
        var evidence = Check().Evidence;
        Assert.That(
            evidence.HostFindings.Select(finding => $"{finding.Severity} {finding.InFull()}"),
            Is.EqualTo(new[]
            {
                string.Create(CultureInfo.InvariantCulture, $"Error NVDIMM_USED_BY_OTHER_VM device=namespace0.0 otherVm={name}, which is running (process {qemu.Id})"),
            }));
        Assert.That(evidence.OwnUses, Is.EqualTo(evidence.HostFindings.Take(own)));
    }

    [Test]
    public void Read_RunningQemuWithAnotherDevice_OrThatSharesThisOne_IsNoFinding()
    {
        var other = folder.Write("dev/pmem1", "");
        using (new FakeQemu(folder.Path, "other", $"{Samples.Uuid(20)}", other))
        {
            Assert.That(Check().Evidence.HostFindings, Is.Empty);
        }

        reader.Ledger.Save(Check().Use());
        reader.Ledger.Share(DeviceIdentity.Of(device), device.Name, device.Path!, ["db", $"{Samples.Uuid(20)}"], "root");
        using (new FakeQemu(folder.Path, "other", $"{Samples.Uuid(20)}", device.Path!))
        {
            Assert.That(Check().Evidence.HostFindings, Is.Empty);
        }

        using (new FakeQemu(folder.Path, "third", $"{Samples.Uuid(30)}", device.Path!))
        {
            Assert.That(Check().Evidence.HostFindings.Select(finding => finding.Code), Is.EqualTo(new[] { NvdimmCodes.UsedByOtherVm }));
        }
    }

    [Test]
    public void Read_RunningQemusThatCannotBeListed_AreAFinding()
    {
        Directory.CreateDirectory(folder.PathOf("run", "libvirt"));
        File.CreateSymbolicLink(folder.PathOf("run", "libvirt", "qemu"), "qemu");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown);
        Assert.That((verdict.Findings[0]["device"], verdict.Evidence.OwnUses.Count), Is.EqualTo(("namespace0.0", 0)));
    }

    /// <summary>The folder may have records of many devices, in any order.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Read_ItsRecord_IsThatOfItsIdentity(bool isRecorded)
    {
        foreach (var number in new[] { 1, 2 })
        {
            reader.Ledger.Save(Samples.Use(number) with { VmName = "other", VmId = "2" });
        }

        if (isRecorded)
        {
            reader.Ledger.Save(Check().Use());
        }

        var evidence = Check().Evidence;
        Assert.That(evidence.Recorded.Record?.Identity, Is.EqualTo(isRecorded ? Samples.Identity(0) : null));
        Assert.That(evidence.OtherRecords.Select(record => record.Identity), Is.EquivalentTo(new[] { Samples.Identity(1), Samples.Identity(2) }));
    }

    /// <summary>The installed versions lie between proven ones. The warning has both reasons. QEMU runs once for all devices.</summary>
    [Test]
    public void Read_VersionsBetweenProvenOnes_AreKnown()
    {
        File.Delete(new FingerprintStore(folder.PathOf("state")).Path);
        folder.Write("usr/lib64/libvirt.so.0.10000.0", "");
        File.CreateSymbolicLink(folder.PathOf("usr", "lib64", "libvirt.so.0"), "libvirt.so.0.10000.0");
        folder.WriteScript("usr/bin/qemu-system-x86_64", $"echo . >>{folder.PathOf("asked")}\necho 'QEMU emulator version 8.2.2 (Debian)'");
        var host = reader.ReadHost();
        foreach (var name in new[] { "namespace0.0", "namespace1.0" })
        {
            var evidence = reader.Read(new StartVm("db", "1"), device with { Name = name }, Starting.Asked(Samples.Layout()), host);
            var known = evidence.HostFindings.Single(finding => finding.Code == NvdimmCodes.HypervisorKnown);
            Assert.That(
                (known.Severity, known["reason"], known["rows"]),
                Is.EqualTo((Severity.Warning, "they were never verified", "libvirt 10.0.0 is between 9.0 and 11.3, QEMU 8.2.2 between 7.2 and 10.0")));
        }

        Assert.That(File.ReadAllLines(folder.PathOf("asked")), Has.Length.EqualTo(1));
    }

    /// <summary>A namespace as sysfs shows it.</summary>
    private void Namespace(int number, Guid uuid)
    {
        var at = $"sys/devices/ndbus0/region{number}/namespace{number}.0";
        folder.Write($"{at}/size", $"{512 * MiB}\n");
        folder.Write($"{at}/uuid", $"{uuid}\n");
        folder.Write($"{at}/numa_node", "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "bus", "nd", "devices"));
        File.CreateSymbolicLink(folder.PathOf("sys", "bus", "nd", "devices", $"namespace{number}.0"), folder.PathOf(at.Split('/')));
    }
}
