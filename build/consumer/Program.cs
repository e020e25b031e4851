// A management app in a few lines: built and run by build/pack.sh against the packed packages, outside the repository.
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

using var input = File.OpenRead(args[0]);
var listing = NdctlParser.Parse(input);
var device = listing.Devices.First(device => device.Mode == NamespaceMode.Devdax && device.Align == Alignment.FromMiB(2) && device.Size > ByteSize.FromMiB(300));
var sized = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value);
var layout = sized.Layout ?? throw new InvalidOperationException(sized.Codes.ToString());
var element = NvdimmElement.Create(device, layout, guestNode: 0);
Console.WriteLine($"{listing.Devices.Count} devices; {device.Path}: {sized.Verdict}, guest {layout.GuestSize}, label at {layout.LabelOffset.Bytes}");
Console.WriteLine(element.Element!.ToXml());
IDeviceUseReader reader = new SysfsDeviceUseReader();
Console.WriteLine(reader.Read(device.Path!).Uses.Count);
