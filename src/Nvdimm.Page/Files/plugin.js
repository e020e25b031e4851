// The UI plugin: announces itself to the engine's administration, and gives it a place in the menu and every host and VM a detail tab.

const name = 'nvdimm';
const api = window.parent.pluginApi(name);
const tabs = [
  { entity: 'Host', event: 'HostSelectionChange', kind: 'host', place: 'nvdimm-host' },
  { entity: 'VirtualMachine', event: 'VirtualMachineSelectionChange', kind: 'vm', place: 'nvdimm-vm' },
];

/** The page with an entity, or with none. */
function page(kind, id) {
  return `plugin/${name}/index.html?plugin${id ? `#/${kind}/${encodeURIComponent(id)}` : ''}`;
}

const handlers = {
  UiInit() {
    api.addPrimaryMenuPlace('NVDIMM', name, page(), { icon: 'fa-microchip' });
    for (const { entity, kind, place } of tabs) {
      api.addDetailPlace(entity, 'NVDIMM', place, page(kind));
    }
  },
};
for (const { event, kind, place } of tabs) {
  // The administration passes the selected entities one by one.
  handlers[event] = (...selected) => api.setPlaceContentUrl(place, page(kind, selected.length === 1 ? selected[0].id : null));
}

api.register(handlers);
api.ready();
