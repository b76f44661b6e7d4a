<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>mcpp</name>
  <message>
   <source>"QGC WPL 110" for Mission Planner and MAVProxy</source>
   <translation>„QGC WPL 110“ für Mission Planner und MAVProxy</translation>
  </message>
  <message>
   <source>&amp;About</source>
   <translation>&amp;Über</translation>
  </message>
  <message>
   <source>&amp;Area: polygon</source>
   <translation>&amp;Gebiet: Vieleck</translation>
  </message>
  <message>
   <source>&amp;Arrows</source>
   <translation>&amp;Pfeile</translation>
  </message>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Abbrechen</translation>
  </message>
  <message>
   <source>&amp;Check photos…</source>
   <translation>&amp;Fotos prüfen…</translation>
  </message>
  <message>
   <source>&amp;Coordinates…</source>
   <translation>&amp;Koordinaten…</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>&amp;Kopieren</translation>
  </message>
  <message>
   <source>&amp;Copy picture of the map</source>
   <translation>Bild der Karte &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Corridor</source>
   <translation>&amp;Korridor</translation>
  </message>
  <message>
   <source>&amp;Coverage map</source>
   <translation>&amp;Abdeckungskarte</translation>
  </message>
  <message>
   <source>&amp;Datum of the search pattern</source>
   <translation>Be&amp;zugspunkt des Suchmusters</translation>
  </message>
  <message>
   <source>&amp;Delete</source>
   <translation>&amp;Löschen</translation>
  </message>
  <message>
   <source>&amp;Draw</source>
   <translation>&amp;Zeichnen</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>&amp;Exportieren…</translation>
  </message>
  <message>
   <source>&amp;Facade</source>
   <translation>Fa&amp;ssade</translation>
  </message>
  <message>
   <source>&amp;Fetch what is visible</source>
   <translation>Sichtbares &amp;laden</translation>
  </message>
  <message>
   <source>&amp;Field mode: large buttons</source>
   <translation>&amp;Feldmodus: große Knöpfe</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Fly panel</source>
   <translation>&amp;Flugfenster</translation>
  </message>
  <message>
   <source>&amp;Gaps</source>
   <translation>&amp;Lücken</translation>
  </message>
  <message>
   <source>&amp;Give launch points of their own</source>
   <translation>Jeder einen ei&amp;genen Startpunkt geben</translation>
  </message>
  <message>
   <source>&amp;Ground for the crew: polygon</source>
   <translation>&amp;Platz für die Mannschaft: Vieleck</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Hill shade</source>
   <translation>&amp;Schummerung</translation>
  </message>
  <message>
   <source>&amp;Import shapes…</source>
   <translation>Formen &amp;importieren…</translation>
  </message>
  <message>
   <source>&amp;Insert corner</source>
   <translation>Ecke &amp;einfügen</translation>
  </message>
  <message>
   <source>&amp;Keep the chosen launch points</source>
   <translation>Gewählte Startpunkte ü&amp;bernehmen</translation>
  </message>
  <message>
   <source>&amp;Keyboard</source>
   <translation>&amp;Tastatur</translation>
  </message>
  <message>
   <source>&amp;Lines along this edge</source>
   <translation>&amp;Linien entlang dieser Kante</translation>
  </message>
  <message>
   <source>&amp;Live draft</source>
   <translation>&amp;Entwurf beim Zeichnen</translation>
  </message>
  <message>
   <source>&amp;Load ground heights</source>
   <translation>Bodenhöhen &amp;laden</translation>
  </message>
  <message>
   <source>&amp;Map</source>
   <translation>&amp;Karte</translation>
  </message>
  <message>
   <source>&amp;Measure</source>
   <translation>&amp;Messen</translation>
  </message>
  <message>
   <source>&amp;New mission</source>
   <translation>&amp;Neue Mission</translation>
  </message>
  <message>
   <source>&amp;No map server (plain grid)</source>
   <translation>&amp;Kein Kartenserver (nur Gitter)</translation>
  </message>
  <message>
   <source>&amp;No-fly zone: polygon</source>
   <translation>&amp;Flugverbotszone: Vieleck</translation>
  </message>
  <message>
   <source>&amp;Only the map</source>
   <translation>&amp;Nur die Karte</translation>
  </message>
  <message>
   <source>&amp;Open…</source>
   <translation>Ö&amp;ffnen…</translation>
  </message>
  <message>
   <source>&amp;Orbit round a structure</source>
   <translation>&amp;Umkreisung eines Bauwerks</translation>
  </message>
  <message>
   <source>&amp;Own tile server…</source>
   <translation>&amp;Eigener Kachelserver…</translation>
  </message>
  <message>
   <source>&amp;Paste</source>
   <translation>&amp;Einfügen</translation>
  </message>
  <message>
   <source>&amp;Paths</source>
   <translation>&amp;Wege</translation>
  </message>
  <message>
   <source>&amp;Pause all</source>
   <translation>Alle &amp;anhalten</translation>
  </message>
  <message>
   <source>&amp;Pause the flight</source>
   <translation>Flug &amp;anhalten</translation>
  </message>
  <message>
   <source>&amp;Perimeter of a structure</source>
   <translation>Um&amp;rundung eines Bauwerks</translation>
  </message>
  <message>
   <source>&amp;Plan</source>
   <translation>&amp;Planen</translation>
  </message>
  <message>
   <source>&amp;Play the flight</source>
   <translation>Flug ab&amp;spielen</translation>
  </message>
  <message>
   <source>&amp;Print…</source>
   <translation>&amp;Drucken…</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Recall all</source>
   <translation>Alle &amp;zurückrufen</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Wiederholen</translation>
  </message>
  <message>
   <source>&amp;Regions</source>
   <translation>&amp;Regionen</translation>
  </message>
  <message>
   <source>&amp;Remove files</source>
   <translation>Dateien &amp;entfernen</translation>
  </message>
  <message>
   <source>&amp;Report…</source>
   <translation>&amp;Bericht…</translation>
  </message>
  <message>
   <source>&amp;Reset the layout</source>
   <translation>Anordnung &amp;zurücksetzen</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>&amp;Speichern</translation>
  </message>
  <message>
   <source>&amp;Select and edit</source>
   <translation>&amp;Auswählen und ändern</translation>
  </message>
  <message>
   <source>&amp;Terms of the map server…</source>
   <translation>&amp;Bedingungen des Kartendienstes…</translation>
  </message>
  <message>
   <source>&amp;Two plans side by side…</source>
   <translation>&amp;Zwei Pläne nebeneinander…</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Rückgängig</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>&amp;Welcome panel</source>
   <translation>&amp;Willkommensfenster</translation>
  </message>
  <message>
   <source>-90° looks straight down.</source>
   <translation>-90° blickt senkrecht nach unten.</translation>
  </message>
  <message>
   <source>.</source>
   <translation>,</translation>
  </message>
  <message>
   <source>0° is north, 90° is east.</source>
   <translation>0° ist Norden, 90° ist Osten.</translation>
  </message>
  <message>
   <source>1 Area</source>
   <translation>1 Gebiet</translation>
  </message>
  <message>
   <source>1 pass at {0} m</source>
   <translation>1 Vorbeiflug in {0} m</translation>
  </message>
  <message>
   <source>2 Fleet</source>
   <translation>2 Flotte</translation>
  </message>
  <message>
   <source>3 Flight</source>
   <translation>3 Flug</translation>
  </message>
  <message>
   <source>4 Planner</source>
   <translation>4 Planer</translation>
  </message>
  <message>
   <source>95 % of its ground is on {0} photos or more, half on {1}; {2} are wanted</source>
   <translation>95 % ihres Bodens sind auf {0} oder mehr Fotos, die Hälfte auf {1}; gewünscht sind {2}</translation>
  </message>
  <message>
   <source>A launch point among trees or houses may lie lower than it says: then all flights are as much lower too. Compare its height there with what you see.</source>
   <translation>Ein Startpunkt zwischen Bäumen oder Häusern kann tiefer liegen, als es sagt: dann sind alle Flüge um ebenso viel tiefer. Die Höhe dort mit dem vergleichen, was man sieht.</translation>
  </message>
  <message>
   <source>A line needs at least two corners.</source>
   <translation>Eine Linie braucht mindestens zwei Ecken.</translation>
  </message>
  <message>
   <source>A plain background with coordinates; needs no internet</source>
   <translation>Ein schlichter Grund mit Koordinaten; braucht kein Internet</translation>
  </message>
  <message>
   <source>A plan is being made. Closing ends it.</source>
   <translation>Ein Plan wird gerade gemacht. Schließen bricht ihn ab.</translation>
  </message>
  <message>
   <source>A region for each UAV</source>
   <translation>Ein Gebiet je Drohne</translation>
  </message>
  <message>
   <source>A region of its own for each UAV</source>
   <translation>Jeder Drohne ihre eigene Region</translation>
  </message>
  <message>
   <source>A rough plan within a second, for a first look.</source>
   <translation>Ein grober Plan in einer Sekunde, für einen ersten Blick.</translation>
  </message>
  <message>
   <source>A surface model of one height per 30 m: trees and buildings are in it, levelled out; masts, lines and single trees are not. Draw tall obstacles as zones.</source>
   <translation>Ein Oberflächenmodell mit einer Höhe je 30 m: Bäume und Gebäude sind gemittelt darin, Masten, Leitungen und einzelne Bäume nicht. Hohe Hindernisse als Zonen zeichnen.</translation>
  </message>
  <message>
   <source>A waypoint is added where the ground leaves the straight line by more.</source>
   <translation>Wo der Boden weiter von der Geraden abweicht, kommt ein Wegpunkt hinzu.</translation>
  </message>
  <message>
   <source>Accept UAVs that come near</source>
   <translation>Nahe Drohnen hinnehmen</translation>
  </message>
  <message>
   <source>Accept missions no fence fits</source>
   <translation>Missionen ohne passenden Zaun</translation>
  </message>
  <message>
   <source>Add &amp;MBTiles or GeoTIFF…</source>
   <translation>&amp;MBTiles oder GeoTIFF hinzufügen…</translation>
  </message>
  <message>
   <source>Add UAV</source>
   <translation>Drohne hinzufügen</translation>
  </message>
  <message>
   <source>Add a UAV of this kind; place it on the map, or let mcpp choose</source>
   <translation>Eine Drohne dieser Art hinzufügen; auf der Karte platzieren oder mcpp wählen lassen</translation>
  </message>
  <message>
   <source>Add a background</source>
   <translation>Hintergrund hinzufügen</translation>
  </message>
  <message>
   <source>Add at least one UAV.</source>
   <translation>Mindestens eine Drohne hinzufügen.</translation>
  </message>
  <message>
   <source>Add the areas and zones of a file to this mission</source>
   <translation>Gebiete und Zonen einer Datei zu dieser Mission hinzufügen</translation>
  </message>
  <message>
   <source>Added to the buffers of zones and border: some 1.6 m at 5 m/s, 3 m at 10 m/s.</source>
   <translation>Kommt zu den Abständen von Zonen und Grenze: etwa 1,6 m bei 5 m/s, 3 m bei 10 m/s.</translation>
  </message>
  <message>
   <source>Added {0}</source>
   <translation>{0} hinzugefügt</translation>
  </message>
  <message>
   <source>Address of a server of your own</source>
   <translation>Adresse eines eigenen Servers</translation>
  </message>
  <message>
   <source>Address with {z}, {x} and {y}:</source>
   <translation>Adresse mit {z}, {x} und {y}:</translation>
  </message>
  <message>
   <source>After landing: hold photos and logs against the plan, and plan what is missing</source>
   <translation>Nach der Landung: Fotos und Logs gegen den Plan halten und planen, was fehlt</translation>
  </message>
  <message>
   <source>Aircraft</source>
   <translation>Fluggerät</translation>
  </message>
  <message>
   <source>Aircraft preset</source>
   <translation>Vorgabe des Fluggeräts</translation>
  </message>
  <message>
   <source>All UAVs</source>
   <translation>Alle Drohnen</translation>
  </message>
  <message>
   <source>All UAVs together, or one over the ground under it</source>
   <translation>Alle Drohnen zusammen, oder eine über dem Boden unter ihr</translation>
  </message>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>All launch points are given: leave some open, and they are chosen there.</source>
   <translation>Alle Startpunkte sind angegeben: offen gelassene werden dort gewählt.</translation>
  </message>
  <message>
   <source>All launch points are given: none is chosen on the ground for the crew.</source>
   <translation>Alle Startpunkte sind angegeben: keiner wird auf dem Platz für die Mannschaft gewählt.</translation>
  </message>
  <message>
   <source>All legs stay at least so far from the zone.</source>
   <translation>Alle Strecken bleiben mindestens so weit von der Zone weg.</translation>
  </message>
  <message>
   <source>All legs stay at least so far inside the area.</source>
   <translation>Alle Strecken bleiben mindestens so weit innerhalb des Gebiets.</translation>
  </message>
  <message>
   <source>All shortcuts</source>
   <translation>Alle Tastenkürzel</translation>
  </message>
  <message>
   <source>All tiles are kept already.</source>
   <translation>Alle Kacheln sind schon gespeichert.</translation>
  </message>
  <message>
   <source>All vehicles come home and land</source>
   <translation>Alle Fahrzeuge kommen heim und landen</translation>
  </message>
  <message>
   <source>All vehicles go on</source>
   <translation>Alle Fahrzeuge fliegen weiter</translation>
  </message>
  <message>
   <source>All vehicles wait where they are</source>
   <translation>Alle Fahrzeuge warten, wo sie sind</translation>
  </message>
  <message>
   <source>Along the flight, or in one direction all the time.</source>
   <translation>In Flugrichtung, oder die ganze Zeit in eine Richtung.</translation>
  </message>
  <message>
   <source>Alt while dragging</source>
   <translation>Alt beim Ziehen</translation>
  </message>
  <message>
   <source>Alt+arrows</source>
   <translation>Alt+Pfeile</translation>
  </message>
  <message>
   <source>An outline crosses itself: move the corner where it is red.</source>
   <translation>Ein Umriss kreuzt sich selbst: die Ecke bei der roten Stelle verschieben.</translation>
  </message>
  <message>
   <source>An outline needs at least three corners.</source>
   <translation>Ein Umriss braucht mindestens drei Ecken.</translation>
  </message>
  <message>
   <source>Area</source>
   <translation>Gebiet</translation>
  </message>
  <message>
   <source>Area to survey</source>
   <translation>Zu befliegendes Gebiet</translation>
  </message>
  <message>
   <source>Area, part {0}</source>
   <translation>Gebiet, Teil {0}</translation>
  </message>
  <message>
   <source>Area: circle</source>
   <translation>Gebiet: Kreis</translation>
  </message>
  <message>
   <source>Area: rectangle</source>
   <translation>Gebiet: Rechteck</translation>
  </message>
  <message>
   <source>Areas: {0}, obstacles: {1}, launch points: {2}</source>
   <translation>Gebiete: {0}, Hindernisse: {1}, Startpunkte: {2}</translation>
  </message>
  <message>
   <source>Arrows, + and -</source>
   <translation>Pfeile, + und -</translation>
  </message>
  <message>
   <source>At the next start</source>
   <translation>Beim nächsten Start</translation>
  </message>
  <message>
   <source>Automatic (recommended)</source>
   <translation>Automatisch (empfohlen)</translation>
  </message>
  <message>
   <source>Autopilot</source>
   <translation>Autopilot</translation>
  </message>
  <message>
   <source>Batteries</source>
   <translation>Akkus</translation>
  </message>
  <message>
   <source>Batteries charged at a time.</source>
   <translation>Akkus, die zugleich geladen werden.</translation>
  </message>
  <message>
   <source>Battery change</source>
   <translation>Akkuwechsel</translation>
  </message>
  <message>
   <source>Battery left</source>
   <translation>Restakku</translation>
  </message>
  <message>
   <source>Battery reserve</source>
   <translation>Akkureserve</translation>
  </message>
  <message>
   <source>Battery time</source>
   <translation>Akkulaufzeit</translation>
  </message>
  <message>
   <source>Because</source>
   <translation>Weil</translation>
  </message>
  <message>
   <source>Begin with an empty mission</source>
   <translation>Mit einer leeren Mission beginnen</translation>
  </message>
  <message>
   <source>Between the way flown and the surface of the structure.</source>
   <translation>Zwischen dem Flugweg und der Oberfläche des Bauwerks.</translation>
  </message>
  <message>
   <source>Both maps move together.</source>
   <translation>Beide Karten bewegen sich gemeinsam.</translation>
  </message>
  <message>
   <source>By distance, hovering for each photo, or none.</source>
   <translation>Nach Strecke, schwebend für jedes Foto, oder gar nicht.</translation>
  </message>
  <message>
   <source>CSV for the Litchi Mission Hub, in parts of 99 points; never flown</source>
   <translation>CSV für den Litchi Mission Hub, in Teilen von 99 Punkten; nie geflogen</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>Camera trigger</source>
   <translation>Kameraauslösung</translation>
  </message>
  <message>
   <source>Camera turned upright</source>
   <translation>Kamera hochkant</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Abgebrochen.</translation>
  </message>
  <message>
   <source>Centre</source>
   <translation>Mittelpunkt</translation>
  </message>
  <message>
   <source>Change link</source>
   <translation>Verbindung ändern</translation>
  </message>
  <message>
   <source>Change {0}</source>
   <translation>{0} ändern</translation>
  </message>
  <message>
   <source>Chargers</source>
   <translation>Ladegeräte</translation>
  </message>
  <message>
   <source>Charging time</source>
   <translation>Ladezeit</translation>
  </message>
  <message>
   <source>Chart</source>
   <translation>Diagramm</translation>
  </message>
  <message>
   <source>Check for</source>
   <translation>Prüfen für</translation>
  </message>
  <message>
   <source>Check photos</source>
   <translation>Fotos prüfen</translation>
  </message>
  <message>
   <source>Checked: safe to export.</source>
   <translation>Geprüft: kann sicher exportiert werden.</translation>
  </message>
  <message>
   <source>Checks</source>
   <translation>Prüfungen</translation>
  </message>
  <message>
   <source>Choose &amp;ground heights…</source>
   <translation>&amp;Bodenhöhen wählen…</translation>
  </message>
  <message>
   <source>Choose ground heights</source>
   <translation>Bodenhöhen wählen</translation>
  </message>
  <message>
   <source>Choose l&amp;ikely ground…</source>
   <translation>Wahrscheinl&amp;ichen Boden wählen…</translation>
  </message>
  <message>
   <source>Choose landing point</source>
   <translation>Landepunkt wählen</translation>
  </message>
  <message>
   <source>Choose likely ground</source>
   <translation>Wahrscheinlichen Boden wählen</translation>
  </message>
  <message>
   <source>Choose planner {0}</source>
   <translation>Planer {0} wählen</translation>
  </message>
  <message>
   <source>Choose the folder with the photos, or the logs, of this flight.</source>
   <translation>Den Ordner mit den Fotos oder den Logs dieses Flugs wählen.</translation>
  </message>
  <message>
   <source>Choose the way of the lines</source>
   <translation>Richtung der Linien wählen</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Wählen…</translation>
  </message>
  <message>
   <source>Circle</source>
   <translation>Kreis</translation>
  </message>
  <message>
   <source>Click a point on the rim.</source>
   <translation>Auf einen Punkt des Randes klicken.</translation>
  </message>
  <message>
   <source>Click along the foot of the wall: it is flown on the right of the line.</source>
   <translation>Den Fuß der Wand entlang klicken: geflogen wird rechts der Linie.</translation>
  </message>
  <message>
   <source>Click more corners; double-click or press Enter to finish.</source>
   <translation>Weitere Ecken anklicken; Doppelklick oder Eingabetaste beendet.</translation>
  </message>
  <message>
   <source>Click one corner of the rectangle, or drag from corner to corner.</source>
   <translation>Auf eine Ecke des Rechtecks klicken oder von Ecke zu Ecke ziehen.</translation>
  </message>
  <message>
   <source>Click or drag to set the time; arrow keys move it</source>
   <translation>Klicken oder ziehen stellt die Zeit; Pfeiltasten verschieben sie</translation>
  </message>
  <message>
   <source>Click points to measure between them; Esc clears, Enter ends.</source>
   <translation>Punkte anklicken, um zu messen; Esc löscht, Eingabe beendet.</translation>
  </message>
  <message>
   <source>Click the centre of the circle, or drag from the centre to the rim.</source>
   <translation>Auf den Mittelpunkt klicken oder von dort zum Rand ziehen.</translation>
  </message>
  <message>
   <source>Click the first corner of the {0}.</source>
   <translation>Auf die erste Ecke klicken ({0}).</translation>
  </message>
  <message>
   <source>Click the middle of the structure, or drag from there to its wall.</source>
   <translation>Auf die Mitte des Bauwerks klicken oder von dort bis zu seiner Wand ziehen.</translation>
  </message>
  <message>
   <source>Click the next corner. Backspace takes one back.</source>
   <translation>Auf die nächste Ecke klicken. Rücktaste nimmt eine zurück.</translation>
  </message>
  <message>
   <source>Click the opposite corner.</source>
   <translation>Auf die gegenüberliegende Ecke klicken.</translation>
  </message>
  <message>
   <source>Click to go there</source>
   <translation>Klicken, um dorthin zu gehen</translation>
  </message>
  <message>
   <source>Click where UAVs take off</source>
   <translation>Anklicken, wo Drohnen starten</translation>
  </message>
  <message>
   <source>Click where the corridor begins: a road, a river, a power line.</source>
   <translation>Auf den Anfang des Korridors klicken: Straße, Fluss, Stromleitung.</translation>
  </message>
  <message>
   <source>Click where the next UAV takes off; Enter when all are placed.</source>
   <translation>Anklicken, wo die nächste Drohne startet; Eingabe, wenn alle stehen.</translation>
  </message>
  <message>
   <source>Click where the search pattern begins</source>
   <translation>Darauf klicken, wo das Suchmuster beginnt</translation>
  </message>
  <message>
   <source>Click where what is searched for most likely is.</source>
   <translation>Darauf klicken, wo das Gesuchte am wahrscheinlichsten ist.</translation>
  </message>
  <message>
   <source>Click where {0} takes off.</source>
   <translation>Anklicken, wo {0} startet.</translation>
  </message>
  <message>
   <source>Climb speed</source>
   <translation>Steigtempo</translation>
  </message>
  <message>
   <source>Clos&amp;e</source>
   <translation>&amp;Schließen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close the program</source>
   <translation>Das Programm schließen</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Colours of the system</source>
   <translation>Farben des Systems</translation>
  </message>
  <message>
   <source>Colours of the windows</source>
   <translation>Farben der Fenster</translation>
  </message>
  <message>
   <source>Compare &amp;planners</source>
   <translation>&amp;Planer vergleichen</translation>
  </message>
  <message>
   <source>Complete: the ground has what was promised.</source>
   <translation>Vollständig: der Boden hat, was versprochen war.</translation>
  </message>
  <message>
   <source>Connect, upload, watch</source>
   <translation>Verbinden, hochladen, beobachten</translation>
  </message>
  <message>
   <source>Connected regions, spanning trees (DARP)</source>
   <translation>Zusammenhängende Gebiete, Spannbäume (DARP)</translation>
  </message>
  <message>
   <source>Connection for upload, as in udp:127.0.0.1:14550 or serial:/dev/ttyUSB0:57600.</source>
   <translation>Verbindung zum Hochladen, wie udp:127.0.0.1:14550 oder serial:/dev/ttyUSB0:57600.</translation>
  </message>
  <message>
   <source>Coordinates</source>
   <translation>Koordinaten</translation>
  </message>
  <message>
   <source>Coordinates as latitude, longitude; names are looked up online</source>
   <translation>Koordinaten als Breite, Länge; Namen werden im Internet gesucht</translation>
  </message>
  <message>
   <source>Copy the coordinates of this place</source>
   <translation>Koordinaten dieses Orts kopieren</translation>
  </message>
  <message>
   <source>Copy what is selected</source>
   <translation>Gewähltes kopieren</translation>
  </message>
  <message>
   <source>Copy what is selected, and delete it</source>
   <translation>Gewähltes kopieren und löschen</translation>
  </message>
  <message>
   <source>Copy what the map shows, to paste it elsewhere</source>
   <translation>Kopieren, was die Karte zeigt, um es anderswo einzufügen</translation>
  </message>
  <message>
   <source>Corridor</source>
   <translation>Korridor</translation>
  </message>
  <message>
   <source>Corridor to survey along</source>
   <translation>Korridor, dem entlang beflogen wird</translation>
  </message>
  <message>
   <source>Corridor {0}</source>
   <translation>Korridor {0}</translation>
  </message>
  <message>
   <source>Corridors and structures</source>
   <translation>Korridore und Bauwerke</translation>
  </message>
  <message>
   <source>Cover</source>
   <translation>Deckung</translation>
  </message>
  <message>
   <source>Cover the ground again with lines turned by so much. Empty: once.</source>
   <translation>Den Boden noch einmal mit so weit gedrehten Linien abdecken. Leer: einmal.</translation>
  </message>
  <message>
   <source>Coverage wanted</source>
   <translation>Gewünschte Abdeckung</translation>
  </message>
  <message>
   <source>Creeping line</source>
   <translation>Kriechende Linie</translation>
  </message>
  <message>
   <source>Crew</source>
   <translation>Mannschaft</translation>
  </message>
  <message>
   <source>Cu&amp;t</source>
   <translation>&amp;Ausschneiden</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Ausschneiden</translation>
  </message>
  <message>
   <source>D&amp;uplicate</source>
   <translation>&amp;Duplizieren</translation>
  </message>
  <message>
   <source>DJI: takes no MAVLink. Export its KMZ and open it in DJI Pilot 2.</source>
   <translation>DJI: versteht kein MAVLink. Die KMZ exportieren und in DJI Pilot 2 öffnen.</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Datum</source>
   <translation>Bezugspunkt</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete the selected corner, shape or UAV</source>
   <translation>Gewählte Ecke, Form oder Drohne löschen</translation>
  </message>
  <message>
   <source>Descent speed</source>
   <translation>Sinktempo</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Unterschied</translation>
  </message>
  <message>
   <source>Distance</source>
   <translation>Abstand</translation>
  </message>
  <message>
   <source>Divide the rest</source>
   <translation>Rest aufteilen</translation>
  </message>
  <message>
   <source>Divide the rest of {0}</source>
   <translation>Rest von {0} aufteilen</translation>
  </message>
  <message>
   <source>Do not recall</source>
   <translation>Nicht zurückrufen</translation>
  </message>
  <message>
   <source>Do not snap</source>
   <translation>Nicht einrasten</translation>
  </message>
  <message>
   <source>Do the step again</source>
   <translation>Den Schritt noch einmal tun</translation>
  </message>
  <message>
   <source>Done after</source>
   <translation>Fertig nach</translation>
  </message>
  <message>
   <source>Draft the plan while the mission changes</source>
   <translation>Den Plan entwerfen, während sich die Mission ändert</translation>
  </message>
  <message>
   <source>Draft: rough, for a first look. Press Plan for the real one.</source>
   <translation>Entwurf: grob, für den ersten Blick. „Planen“ macht den richtigen.</translation>
  </message>
  <message>
   <source>Draft: {0}</source>
   <translation>Entwurf: {0}</translation>
  </message>
  <message>
   <source>Drafting…</source>
   <translation>Entwurf läuft…</translation>
  </message>
  <message>
   <source>Draw a building as a polygon: it is flown round outside, the camera towards it</source>
   <translation>Ein Gebäude als Vieleck zeichnen: es wird außen umflogen, die Kamera darauf gerichtet</translation>
  </message>
  <message>
   <source>Draw a line that is surveyed along: a road, a river, a power line</source>
   <translation>Eine Linie zeichnen, der entlang beflogen wird: Straße, Fluss, Stromleitung</translation>
  </message>
  <message>
   <source>Draw a mast or a tower as a circle: it is flown round, the camera towards it</source>
   <translation>Einen Mast oder Turm als Kreis zeichnen: er wird umkreist, die Kamera darauf gerichtet</translation>
  </message>
  <message>
   <source>Draw a no-fly zone as a circle</source>
   <translation>Flugverbotszone als Kreis zeichnen</translation>
  </message>
  <message>
   <source>Draw a no-fly zone as a rectangle</source>
   <translation>Flugverbotszone als Rechteck zeichnen</translation>
  </message>
  <message>
   <source>Draw a no-fly zone, corner by corner</source>
   <translation>Flugverbotszone Ecke für Ecke zeichnen</translation>
  </message>
  <message>
   <source>Draw a wall as a line: it is flown along one side, the camera towards it</source>
   <translation>Eine Wand als Linie zeichnen: sie wird auf einer Seite abgeflogen, die Kamera darauf gerichtet</translation>
  </message>
  <message>
   <source>Draw an area, add UAVs, press Plan, export. Works without internet.</source>
   <translation>Gebiet zeichnen, Drohnen hinzufügen, planen, exportieren. Geht ohne Internet.</translation>
  </message>
  <message>
   <source>Draw area</source>
   <translation>Gebiet zeichnen</translation>
  </message>
  <message>
   <source>Draw at the crosshair, finish, take back, drop</source>
   <translation>Am Fadenkreuz zeichnen, beenden, zurücknehmen, verwerfen</translation>
  </message>
  <message>
   <source>Draw corridor</source>
   <translation>Korridor zeichnen</translation>
  </message>
  <message>
   <source>Draw facade</source>
   <translation>Fassade zeichnen</translation>
  </message>
  <message>
   <source>Draw ground for the crew</source>
   <translation>Platz für die Mannschaft zeichnen</translation>
  </message>
  <message>
   <source>Draw no-fly zone</source>
   <translation>Flugverbotszone zeichnen</translation>
  </message>
  <message>
   <source>Draw no-fly zones if there are any.</source>
   <translation>Falls es Flugverbotszonen gibt, diese zeichnen.</translation>
  </message>
  <message>
   <source>Draw orbit</source>
   <translation>Umkreisung zeichnen</translation>
  </message>
  <message>
   <source>Draw perimeter</source>
   <translation>Umrundung zeichnen</translation>
  </message>
  <message>
   <source>Draw the area as a circle</source>
   <translation>Gebiet als Kreis zeichnen</translation>
  </message>
  <message>
   <source>Draw the area as a rectangle</source>
   <translation>Gebiet als Rechteck zeichnen</translation>
  </message>
  <message>
   <source>Draw the area first.</source>
   <translation>Zuerst das Gebiet zeichnen.</translation>
  </message>
  <message>
   <source>Draw the area, corner by corner</source>
   <translation>Gebiet Ecke für Ecke zeichnen</translation>
  </message>
  <message>
   <source>Draw where the crew can stand as a circle</source>
   <translation>Platz für die Mannschaft als Kreis zeichnen</translation>
  </message>
  <message>
   <source>Draw where the crew can stand as a rectangle</source>
   <translation>Platz für die Mannschaft als Rechteck zeichnen</translation>
  </message>
  <message>
   <source>Draw where the crew can stand, in the area or not: open launch points lie there</source>
   <translation>Zeichnen, wo die Mannschaft stehen kann, im Gebiet oder nicht: offene Startpunkte liegen dort</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>Duplizieren</translation>
  </message>
  <message>
   <source>Each UAV</source>
   <translation>Jede Drohne</translation>
  </message>
  <message>
   <source>Each flies the planned way home, round the no-fly zones, and lands. Fly tells which.</source>
   <translation>Jede fliegt den geplanten Heimweg, um die Flugverbotszonen herum, und landet. Unter Fliegen steht, welchen.</translation>
  </message>
  <message>
   <source>Each flight as its own aircraft's app reads it, README.txt with what to load where, routes.geojson, report.html, plan.json</source>
   <translation>Jeder Flug so, wie die App seines Geräts ihn liest, README.txt mit dem, was wohin geladen wird, routes.geojson, report.html, plan.json</translation>
  </message>
  <message>
   <source>Each vehicle gets mission, fence and rally point, read back and compared.</source>
   <translation>Jedes Gerät bekommt Mission, Zaun und Sammelpunkt; alles wird zurückgelesen und verglichen.</translation>
  </message>
  <message>
   <source>Error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Errors found</source>
   <translation>Gefundene Fehler</translation>
  </message>
  <message>
   <source>Everything for the crew (recommended)</source>
   <translation>Alles für die Mannschaft (empfohlen)</translation>
  </message>
  <message>
   <source>Expanding square</source>
   <translation>Wachsendes Quadrat</translation>
  </message>
  <message>
   <source>Expert parameters</source>
   <translation>Werte für Kenner</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>F&amp;ly</source>
   <translation>F&amp;liegen</translation>
  </message>
  <message>
   <source>Facade</source>
   <translation>Fassade</translation>
  </message>
  <message>
   <source>Facade {0}</source>
   <translation>Fassade {0}</translation>
  </message>
  <message>
   <source>Fair connected regions (DARP), flown along spanning trees.</source>
   <translation>Gerechte zusammenhängende Regionen (DARP), entlang von Spannbäumen beflogen.</translation>
  </message>
  <message>
   <source>Fair regions, each flown by lines or trees, whichever is faster.</source>
   <translation>Gerechte Regionen, jede in Linien oder Bäumen beflogen, was schneller ist.</translation>
  </message>
  <message>
   <source>Feet and miles</source>
   <translation>Fuß und Meilen</translation>
  </message>
  <message>
   <source>Fetched {0} of {1} tiles</source>
   <translation>{0} von {1} Kacheln geladen</translation>
  </message>
  <message>
   <source>Fetching {0} tiles</source>
   <translation>{0} Kacheln werden geladen</translation>
  </message>
  <message>
   <source>Field mode: large buttons for gloves and touch</source>
   <translation>Feldmodus: große Knöpfe für Handschuhe und Finger</translation>
  </message>
  <message>
   <source>File…</source>
   <translation>Datei…</translation>
  </message>
  <message>
   <source>Finish</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>First go to your field: type its place at the top left, or turn the wheel.</source>
   <translation>Zuerst zum Feld gehen: oben links den Ort eintippen oder am Mausrad drehen.</translation>
  </message>
  <message>
   <source>First leg</source>
   <translation>Erste Strecke</translation>
  </message>
  <message>
   <source>Fleet</source>
   <translation>Flotte</translation>
  </message>
  <message>
   <source>Flight</source>
   <translation>Flug</translation>
  </message>
  <message>
   <source>Flight lines</source>
   <translation>Fluglinien</translation>
  </message>
  <message>
   <source>Flight over time</source>
   <translation>Flug im Zeitverlauf</translation>
  </message>
  <message>
   <source>Flight time of a full battery; the reserve is taken off it.</source>
   <translation>Flugzeit mit vollem Akku; die Reserve geht davon ab.</translation>
  </message>
  <message>
   <source>Flight times are reckoned with it.</source>
   <translation>Flugzeiten werden damit berechnet.</translation>
  </message>
  <message>
   <source>Flights</source>
   <translation>Flüge</translation>
  </message>
  <message>
   <source>Flown in place of the shortest way, with all turns to the right.</source>
   <translation>Wird statt des kürzesten Wegs geflogen, alle Kurven nach rechts.</translation>
  </message>
  <message>
   <source>Flown on the</source>
   <translation>Geflogen wird</translation>
  </message>
  <message>
   <source>Fly</source>
   <translation>Fliegen</translation>
  </message>
  <message>
   <source>Fly on as before</source>
   <translation>Weiterfliegen wie bisher</translation>
  </message>
  <message>
   <source>Fly over low zones</source>
   <translation>Niedrige Zonen überfliegen</translation>
  </message>
  <message>
   <source>Fly straight home</source>
   <translation>Geradeaus heimfliegen</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folder of photos</source>
   <translation>Ordner mit Fotos</translation>
  </message>
  <message>
   <source>Follow the ground to</source>
   <translation>Boden folgen bis auf</translation>
  </message>
  <message>
   <source>For UAVs without a camera, and where no side overlap is asked for.</source>
   <translation>Für Drohnen ohne Kamera, und wo keine seitliche Überlappung verlangt ist.</translation>
  </message>
  <message>
   <source>For gloves and touch screens: buttons and handles of 48 pixels</source>
   <translation>Für Handschuhe und Touchscreens: Knöpfe und Griffe von 48 Pixeln</translation>
  </message>
  <message>
   <source>For those who know the algorithms; the defaults are measured</source>
   <translation>Für Kenner der Verfahren; die Vorgaben sind gemessen</translation>
  </message>
  <message>
   <source>For whom files and uploads are written.</source>
   <translation>Für wen Dateien und Übertragungen geschrieben werden.</translation>
  </message>
  <message>
   <source>Forward overlap</source>
   <translation>Längsüberlappung</translation>
  </message>
  <message>
   <source>Found in one pass</source>
   <translation>Fund je Überflug</translation>
  </message>
  <message>
   <source>From north, clockwise.</source>
   <translation>Von Norden, im Uhrzeigersinn.</translation>
  </message>
  <message>
   <source>From north, clockwise; or drag the knob on the map, or choose an edge there.</source>
   <translation>Von Norden im Uhrzeigersinn; oder den Knopf auf der Karte ziehen oder dort eine Kante wählen.</translation>
  </message>
  <message>
   <source>From pass to pass</source>
   <translation>Von Umlauf zu Umlauf</translation>
  </message>
  <message>
   <source>GLO-30 leaves this country out: of GLO-90, with one height per 90 m</source>
   <translation>GLO-30 lässt dieses Land aus: aus GLO-90, mit einer Höhe je 90 m</translation>
  </message>
  <message>
   <source>GPS PDOP too high</source>
   <translation>GPS-PDOP zu hoch</translation>
  </message>
  <message>
   <source>GPS drifts horizontally</source>
   <translation>GPS driftet waagrecht</translation>
  </message>
  <message>
   <source>GPS drifts vertically</source>
   <translation>GPS driftet senkrecht</translation>
  </message>
  <message>
   <source>GPS fix too low</source>
   <translation>GPS-Lösung zu schwach</translation>
  </message>
  <message>
   <source>GPS horizontal error too high</source>
   <translation>GPS waagrecht zu ungenau</translation>
  </message>
  <message>
   <source>GPS horizontal speed drifts</source>
   <translation>waagrechte GPS-Geschwindigkeit driftet</translation>
  </message>
  <message>
   <source>GPS is used no more</source>
   <translation>GPS wird nicht mehr genutzt</translation>
  </message>
  <message>
   <source>GPS quality poor</source>
   <translation>GPS-Güte schlecht</translation>
  </message>
  <message>
   <source>GPS signal spoofed</source>
   <translation>GPS-Signal gefälscht</translation>
  </message>
  <message>
   <source>GPS speed too inaccurate</source>
   <translation>GPS-Geschwindigkeit zu ungenau</translation>
  </message>
  <message>
   <source>GPS vertical error too high</source>
   <translation>GPS senkrecht zu ungenau</translation>
  </message>
  <message>
   <source>GPS vertical speed drifts</source>
   <translation>senkrechte GPS-Geschwindigkeit driftet</translation>
  </message>
  <message>
   <source>GSD</source>
   <translation>GSD</translation>
  </message>
  <message>
   <source>Gaps</source>
   <translation>Lücken</translation>
  </message>
  <message>
   <source>Gaps: {0} in {1} places</source>
   <translation>Lücken: {0} an {1} Stellen</translation>
  </message>
  <message>
   <source>GeoPackage of routes, regions, area and zones</source>
   <translation>GeoPackage mit Routen, Regionen, Gebiet und Zonen</translation>
  </message>
  <message>
   <source>Gimbal</source>
   <translation>Gimbal</translation>
  </message>
  <message>
   <source>Gimbal pitch</source>
   <translation>Neigung der Kamera</translation>
  </message>
  <message>
   <source>Give launch points of their own</source>
   <translation>Jeder einen eigenen Startpunkt geben</translation>
  </message>
  <message>
   <source>Given: as placed. Apart: those that UAVs share become spots beside each other.</source>
   <translation>Vorgegeben: wie gesetzt. Auseinander: geteilte werden zu Plätzen nebeneinander.</translation>
  </message>
  <message>
   <source>Go to a p&amp;lace</source>
   <translation>Zu einem &amp;Ort gehen</translation>
  </message>
  <message>
   <source>Go to a place</source>
   <translation>Zu einem Ort gehen</translation>
  </message>
  <message>
   <source>Go to: 40.9302, 24.4090 or a name</source>
   <translation>Gehe zu: 40.9302, 24.4090 oder Name</translation>
  </message>
  <message>
   <source>Goes on improving until stopped, or until its time is up: stop it by Cancel, which keeps the best plan.</source>
   <translation>Verbessert weiter, bis die Zeit um ist oder man anhält: Abbrechen behält den besten Plan.</translation>
  </message>
  <message>
   <source>Going down.</source>
   <translation>Beim Sinken.</translation>
  </message>
  <message>
   <source>Going up.</source>
   <translation>Beim Steigen.</translation>
  </message>
  <message>
   <source>Ground</source>
   <translation>Boden</translation>
  </message>
  <message>
   <source>Ground for the crew</source>
   <translation>Platz für die Mannschaft</translation>
  </message>
  <message>
   <source>Ground for the crew {0}</source>
   <translation>Platz für die Mannschaft {0}</translation>
  </message>
  <message>
   <source>Ground for the crew: circle</source>
   <translation>Platz für die Mannschaft: Kreis</translation>
  </message>
  <message>
   <source>Ground for the crew: rectangle</source>
   <translation>Platz für die Mannschaft: Rechteck</translation>
  </message>
  <message>
   <source>Ground heights</source>
   <translation>Bodenhöhen</translation>
  </message>
  <message>
   <source>Ground resolution</source>
   <translation>Bodenauflösung</translation>
  </message>
  <message>
   <source>Height above the ground over time</source>
   <translation>Höhe über dem Boden im Zeitverlauf</translation>
  </message>
  <message>
   <source>Height from one pass to the next, at most.</source>
   <translation>Höchstens so viel Höhe von einem Umlauf zum nächsten.</translation>
  </message>
  <message>
   <source>Height on the way back.</source>
   <translation>Höhe auf dem Rückweg.</translation>
  </message>
  <message>
   <source>Height on the way to the first line.</source>
   <translation>Höhe auf dem Weg zur ersten Linie.</translation>
  </message>
  <message>
   <source>Heights and flights over time</source>
   <translation>Höhen und Flüge im Zeitverlauf</translation>
  </message>
  <message>
   <source>Heights and flights over time appear here when there is a plan.</source>
   <translation>Höhen und Flüge im Zeitverlauf erscheinen hier, sobald es einen Plan gibt.</translation>
  </message>
  <message>
   <source>Heights and safety</source>
   <translation>Höhen und Sicherheit</translation>
  </message>
  <message>
   <source>Heights are above sea by the EGM2008 geoid, as autopilots and maps have them to a metre or so; GNSS heights above the ellipsoid differ by up to 100 m.</source>
   <translation>Höhen gelten über dem Meer nach dem Geoid EGM2008, wie Autopiloten und Karten sie auf etwa einen Meter haben; GNSS-Höhen über dem Ellipsoid weichen um bis zu 100 m ab.</translation>
  </message>
  <message>
   <source>Heights are kept above the ground of {0}.</source>
   <translation>Höhen gelten über dem Boden aus {0}.</translation>
  </message>
  <message>
   <source>Hide all panels, or bring them back</source>
   <translation>Alle Felder ausblenden oder zurückholen</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Hoher Kontrast</translation>
  </message>
  <message>
   <source>Highest allowed</source>
   <translation>Höchste erlaubte Höhe</translation>
  </message>
  <message>
   <source>Highest pass</source>
   <translation>Höchster Umlauf</translation>
  </message>
  <message>
   <source>Hole in the area</source>
   <translation>Loch im Gebiet</translation>
  </message>
  <message>
   <source>Hole {0} of part {1}</source>
   <translation>Loch {0} von Teil {1}</translation>
  </message>
  <message>
   <source>Home: the launch point. Terrain: the ground, with a terrain file and ArduPilot.</source>
   <translation>Home: dem Startpunkt. Terrain: dem Boden, mit Geländedatei und ArduPilot.</translation>
  </message>
  <message>
   <source>Hover for a photo</source>
   <translation>Schweben je Foto</translation>
  </message>
  <message>
   <source>How early or late a UAV may be at least while all keep apart.</source>
   <translation>Um wie viel eine Drohne mindestens zu früh oder zu spät sein darf, während alle Abstand halten.</translation>
  </message>
  <message>
   <source>How early or late a UAV may be while all keep apart: part of its flight so far.</source>
   <translation>Wie viel zu früh oder zu spät eine Drohne sein darf, während alle Abstand halten: Teil ihres bisherigen Flugs.</translation>
  </message>
  <message>
   <source>How far before a line it is on it already.</source>
   <translation>Wie weit vor einer Linie sie schon auf ihr fliegt.</translation>
  </message>
  <message>
   <source>How far from the datum it is searched. A sector search needs one.</source>
   <translation>Wie weit vom Bezugspunkt gesucht wird. Eine Sektorsuche braucht ihn.</translation>
  </message>
  <message>
   <source>How far it flies straight on before it turns; photos stop with the line.</source>
   <translation>Wie weit sie geradeaus weiterfliegt, bevor sie wendet; Fotos enden mit der Linie.</translation>
  </message>
  <message>
   <source>How likely a UAV that passes within its reach finds it.</source>
   <translation>Wie wahrscheinlich eine Drohne es findet, die in Sichtweite vorbeifliegt.</translation>
  </message>
  <message>
   <source>How likely it is outside all likely areas, against their weights.</source>
   <translation>Wie wahrscheinlich es außerhalb der wahrscheinlichen Gebiete ist, gegen deren Gewichte.</translation>
  </message>
  <message>
   <source>How many it has; empty is as many as it needs.</source>
   <translation>Wie viele sie hat; leer heißt so viele wie nötig.</translation>
  </message>
  <message>
   <source>How many photos are to see each point of the area at least.</source>
   <translation>Wie viele Fotos jeden Punkt des Gebiets mindestens zeigen sollen.</translation>
  </message>
  <message>
   <source>How much later than without the map all may have landed.</source>
   <translation>Wie viel später als ohne die Karte alle gelandet sein dürfen.</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Import</translation>
  </message>
  <message>
   <source>Import shapes</source>
   <translation>Formen importieren</translation>
  </message>
  <message>
   <source>Import {0}</source>
   <translation>{0} importieren</translation>
  </message>
  <message>
   <source>Imported {0}</source>
   <translation>{0} importiert</translation>
  </message>
  <message>
   <source>Improve until I stop it</source>
   <translation>Verbessern, bis ich anhalte</translation>
  </message>
  <message>
   <source>In which a search finds a person, or which a sprayer covers.</source>
   <translation>In der eine Suche einen Menschen findet, oder die ein Sprühgerät abdeckt.</translation>
  </message>
  <message>
   <source>Insert a corner after the selected one</source>
   <translation>Eine Ecke nach der gewählten einfügen</translation>
  </message>
  <message>
   <source>Insert a corner after the selected one; on the longest edge if none is selected</source>
   <translation>Eine Ecke nach der gewählten einfügen; ist keine gewählt, auf der längsten Kante</translation>
  </message>
  <message>
   <source>Insert corner</source>
   <translation>Ecke einfügen</translation>
  </message>
  <message>
   <source>Its course from north, clockwise.</source>
   <translation>Ihr Kurs von Nord, im Uhrzeigersinn.</translation>
  </message>
  <message>
   <source>Its height above the launch point.</source>
   <translation>Seine Höhe über dem Startpunkt.</translation>
  </message>
  <message>
   <source>Its height above the launch point. Empty: there is one pass.</source>
   <translation>Seine Höhe über dem Startpunkt. Leer: es gibt nur einen.</translation>
  </message>
  <message>
   <source>Its long side lies along the flight.</source>
   <translation>Ihre lange Seite liegt in Flugrichtung.</translation>
  </message>
  <message>
   <source>Its own distance between survey lines.</source>
   <translation>Ihr eigener Abstand der Fluglinien.</translation>
  </message>
  <message>
   <source>KMZ for DJI Fly (Mini, Air), in parts of 99 points; never flown</source>
   <translation>KMZ für DJI Fly (Mini, Air), in Teilen von 99 Punkten; nie geflogen</translation>
  </message>
  <message>
   <source>KMZ for DJI Pilot 2, of DJI aircraft only; never flown</source>
   <translation>KMZ für DJI Pilot 2, nur für DJI-Geräte; nie geflogen</translation>
  </message>
  <message>
   <source>Keep all heights above the ground of a GeoTIFF of your own</source>
   <translation>Alle Höhen über dem Boden aus einem eigenen GeoTIFF halten</translation>
  </message>
  <message>
   <source>Keep all heights above the launch points again</source>
   <translation>Alle Höhen wieder über den Startpunkten halten</translation>
  </message>
  <message>
   <source>Keep apart, across</source>
   <translation>Abstand zur Seite</translation>
  </message>
  <message>
   <source>Keep apart, in height</source>
   <translation>Abstand in der Höhe</translation>
  </message>
  <message>
   <source>Keep away by</source>
   <translation>Abstand halten</translation>
  </message>
  <message>
   <source>Keep chosen</source>
   <translation>Übernehmen</translation>
  </message>
  <message>
   <source>Keep inside the border by</source>
   <translation>Innerer Randabstand</translation>
  </message>
  <message>
   <source>Keep the chosen launch points</source>
   <translation>Gewählte Startpunkte übernehmen</translation>
  </message>
  <message>
   <source>Keep the tiles of this view for work offline, where the provider allows it</source>
   <translation>Kacheln dieser Ansicht für die Arbeit ohne Netz behalten, wo der Anbieter es erlaubt</translation>
  </message>
  <message>
   <source>Keyboard</source>
   <translation>Tastatur</translation>
  </message>
  <message>
   <source>Land at the &amp;middle of the map</source>
   <translation>In der &amp;Mitte der Karte landen</translation>
  </message>
  <message>
   <source>Land here</source>
   <translation>Hier landen</translation>
  </message>
  <message>
   <source>Landing point</source>
   <translation>Landepunkt</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Language of the window</source>
   <translation>Sprache des Fensters</translation>
  </message>
  <message>
   <source>Language, units, colours, size of buttons</source>
   <translation>Sprache, Einheiten, Farben, Größe der Knöpfe</translation>
  </message>
  <message>
   <source>Last upload that was read back: {0} items over {1} ({2})</source>
   <translation>Letzter zurückgelesener Upload: {0} Elemente über {1} ({2})</translation>
  </message>
  <message>
   <source>Later starts are kept by</source>
   <translation>Spätere Starts hält ein</translation>
  </message>
  <message>
   <source>Latitude, longitude.</source>
   <translation>Breite, Länge.</translation>
  </message>
  <message>
   <source>Launch point</source>
   <translation>Startpunkt</translation>
  </message>
  <message>
   <source>Launch point clear after</source>
   <translation>Startpunkt frei nach</translation>
  </message>
  <message>
   <source>Launch points</source>
   <translation>Startpunkte</translation>
  </message>
  <message>
   <source>Launch points as given</source>
   <translation>Startpunkte wie angegeben</translation>
  </message>
  <message>
   <source>Launch points that are left open are chosen there.</source>
   <translation>Offen gelassene Startpunkte werden dort gewählt.</translation>
  </message>
  <message>
   <source>Lay a file over the background; works without internet</source>
   <translation>Eine Datei über den Hintergrund legen; geht ohne Internet</translation>
  </message>
  <message>
   <source>Leave all launch points open: they are chosen on the ground for the crew</source>
   <translation>Alle Startpunkte offen lassen: sie werden auf dem Platz für die Mannschaft gewählt</translation>
  </message>
  <message>
   <source>Leave open</source>
   <translation>Offen lassen</translation>
  </message>
  <message>
   <source>Leave out</source>
   <translation>Weglassen</translation>
  </message>
  <message>
   <source>Left</source>
   <translation>Links</translation>
  </message>
  <message>
   <source>Left plan</source>
   <translation>Linker Plan</translation>
  </message>
  <message>
   <source>Let a plan pass that does not keep UAVs apart as asked for.</source>
   <translation>Einen Plan durchlassen, der Drohnen nicht so weit auseinanderhält wie verlangt.</translation>
  </message>
  <message>
   <source>Let mcpp ch&amp;oose the launch points</source>
   <translation>Startp&amp;unkte von mcpp wählen lassen</translation>
  </message>
  <message>
   <source>Let mcpp choose the launch points</source>
   <translation>Startpunkte von mcpp wählen lassen</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Stufe</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Likely ground: polygons, {0} in all</source>
   <translation>Wahrscheinlicher Boden: Vielecke, insgesamt {0}</translation>
  </message>
  <message>
   <source>Likely ground: {0}</source>
   <translation>Wahrscheinlicher Boden: {0}</translation>
  </message>
  <message>
   <source>Likely ground…</source>
   <translation>Wahrscheinlicher Boden…</translation>
  </message>
  <message>
   <source>Line distance</source>
   <translation>Linienabstand</translation>
  </message>
  <message>
   <source>Line {0}: {1}</source>
   <translation>Zeile {0}: {1}</translation>
  </message>
  <message>
   <source>Lines</source>
   <translation>Linien</translation>
  </message>
  <message>
   <source>Lines along an edge</source>
   <translation>Linien entlang einer Kante</translation>
  </message>
  <message>
   <source>Lines along corridors</source>
   <translation>Linien entlang von Korridoren</translation>
  </message>
  <message>
   <source>Lines in &amp;any direction</source>
   <translation>Linien in &amp;beliebiger Richtung</translation>
  </message>
  <message>
   <source>Lines in any direction</source>
   <translation>Linien in beliebiger Richtung</translation>
  </message>
  <message>
   <source>Link</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>Link of {0}</source>
   <translation>Verbindung von {0}</translation>
  </message>
  <message>
   <source>Load</source>
   <translation>Laden</translation>
  </message>
  <message>
   <source>Load the Copernicus surface model about the mission, free for all; needs internet</source>
   <translation>Das Copernicus-Oberflächenmodell um die Mission laden, frei für alle; braucht Internet</translation>
  </message>
  <message>
   <source>Look at a finished mission: three UAVs over one field</source>
   <translation>Eine fertige Mission ansehen: drei Drohnen über einem Feld</translation>
  </message>
  <message>
   <source>Look at the sample: three UAVs, one field</source>
   <translation>Beispiel ansehen: drei Drohnen, ein Feld</translation>
  </message>
  <message>
   <source>Look at the sheet before it is printed</source>
   <translation>Das Blatt ansehen, bevor es gedruckt wird</translation>
  </message>
  <message>
   <source>Look at two of the plans so far together, with their maps and figures</source>
   <translation>Zwei der bisherigen Pläne zusammen ansehen, mit Karten und Zahlen</translation>
  </message>
  <message>
   <source>Look closer</source>
   <translation>Näher hinsehen</translation>
  </message>
  <message>
   <source>Lowest pass</source>
   <translation>Niedrigster Umlauf</translation>
  </message>
  <message>
   <source>MAVLink id of the vehicle; uploads to another one are refused.</source>
   <translation>MAVLink-Nummer des Geräts; ein anderes wird abgelehnt.</translation>
  </message>
  <message>
   <source>Made for other settings than the present ones</source>
   <translation>Für andere als die jetzigen Einstellungen gemacht</translation>
  </message>
  <message>
   <source>Make a plan first; then its missions can be sent to the vehicles.</source>
   <translation>Zuerst planen; dann können die Missionen an die Geräte gehen.</translation>
  </message>
  <message>
   <source>Make the launch points that mcpp chose for this plan your own, to move them</source>
   <translation>Die Startpunkte, die mcpp für diesen Plan gewählt hat, übernehmen, um sie zu verschieben</translation>
  </message>
  <message>
   <source>Make the plan</source>
   <translation>Den Plan machen</translation>
  </message>
  <message>
   <source>Make the plan (F5)</source>
   <translation>Den Plan machen (F5)</translation>
  </message>
  <message>
   <source>Mapping: photos that overlap. Search: video, camera looking ahead. Coverage: spraying or sampling, each place once.</source>
   <translation>Kartierung: Fotos, die sich überlappen. Suche: Video, Kamera nach vorn. Abdeckung: Sprühen oder Proben, jeder Ort einmal.</translation>
  </message>
  <message>
   <source>May leave the area by</source>
   <translation>Darf hinausragen um</translation>
  </message>
  <message>
   <source>May take longer by</source>
   <translation>Darf länger dauern um</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Messen</translation>
  </message>
  <message>
   <source>Measure distances and directions</source>
   <translation>Entfernungen und Richtungen messen</translation>
  </message>
  <message>
   <source>Metres</source>
   <translation>Meter</translation>
  </message>
  <message>
   <source>Mission</source>
   <translation>Mission</translation>
  </message>
  <message>
   <source>Missions, shapes and maps</source>
   <translation>Missionen, Formen und Karten</translation>
  </message>
  <message>
   <source>More values</source>
   <translation>Weitere Werte</translation>
  </message>
  <message>
   <source>Motors are on: {0}. Without this window nobody pauses or recalls them here.</source>
   <translation>Motoren laufen: {0}. Ohne dieses Fenster hält sie hier niemand an und ruft sie niemand zurück.</translation>
  </message>
  <message>
   <source>Mount: the older command, which all know. Manager: MAVLink's second protocol.</source>
   <translation>Mount: der ältere Befehl, den alle kennen. Manager: das zweite Protokoll von MAVLink.</translation>
  </message>
  <message>
   <source>Move UAV</source>
   <translation>Drohne verschieben</translation>
  </message>
  <message>
   <source>Move and zoom the map</source>
   <translation>Karte verschieben und zoomen</translation>
  </message>
  <message>
   <source>Move corner</source>
   <translation>Ecke verschieben</translation>
  </message>
  <message>
   <source>Move shape</source>
   <translation>Form verschieben</translation>
  </message>
  <message>
   <source>Move what is selected; with Shift in larger steps</source>
   <translation>Gewähltes verschieben; mit Umschalt in größeren Schritten</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Names need internet. Coordinates always work: 40.9302, 24.4090</source>
   <translation>Namen brauchen Internet. Koordinaten gehen immer: 40.9302, 24.4090</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>New mission</source>
   <translation>Neue Mission</translation>
  </message>
  <message>
   <source>New mission: draw the area</source>
   <translation>Neue Mission: Gebiet zeichnen</translation>
  </message>
  <message>
   <source>New, open, recent and sample missions</source>
   <translation>Neue, offene, letzte und Beispielmissionen</translation>
  </message>
  <message>
   <source>Next and previous corner</source>
   <translation>Nächste und vorige Ecke</translation>
  </message>
  <message>
   <source>Next and previous shape</source>
   <translation>Nächste und vorige Form</translation>
  </message>
  <message>
   <source>Next: add UAVs in the step Fleet: they take off where the crew can stand.</source>
   <translation>Weiter: im Schritt „Flotte“ Drohnen hinzufügen: sie starten, wo die Mannschaft stehen kann.</translation>
  </message>
  <message>
   <source>Next: press Plan at the lower left.</source>
   <translation>Weiter: unten links „Planen“ drücken.</translation>
  </message>
  <message>
   <source>Next: press UAVs at the top, then click where each takes off.</source>
   <translation>Weiter: oben „Drohnen“ drücken, dann anklicken, wo jede startet.</translation>
  </message>
  <message>
   <source>No UAV yet. Place them on the map, or add them and let mcpp choose where.</source>
   <translation>Noch keine Drohne. Auf der Karte platzieren, oder hinzufügen und mcpp den Startpunkt wählen lassen.</translation>
  </message>
  <message>
   <source>No UAVs share a launch point.</source>
   <translation>Keine Drohnen teilen sich einen Startpunkt.</translation>
  </message>
  <message>
   <source>No ground heights: all heights are above each launch point.</source>
   <translation>Keine Bodenhöhen: alle Höhen gelten über dem jeweiligen Startpunkt.</translation>
  </message>
  <message>
   <source>No leg is planned above it. Often 120 m by law.</source>
   <translation>Keine Strecke wird darüber geplant. Oft gesetzlich 120 m.</translation>
  </message>
  <message>
   <source>No likely ground: all of the area is searched alike.</source>
   <translation>Kein wahrscheinlicher Boden: überall im Gebiet wird gleich gesucht.</translation>
  </message>
  <message>
   <source>No map server</source>
   <translation>Kein Kartenserver</translation>
  </message>
  <message>
   <source>No map server is chosen.</source>
   <translation>Es ist kein Kartenserver gewählt.</translation>
  </message>
  <message>
   <source>No plan can land before {0}.</source>
   <translation>Kein Plan kann vor {0} landen.</translation>
  </message>
  <message>
   <source>No plan yet. Draw the area, add UAVs, press Plan: figures and checks appear here.</source>
   <translation>Noch kein Plan. Gebiet zeichnen, Drohnen hinzufügen, „Planen“ drücken: hier erscheinen Zahlen und Prüfungen.</translation>
  </message>
  <message>
   <source>No such place was found.</source>
   <translation>Kein solcher Ort wurde gefunden.</translation>
  </message>
  <message>
   <source>No two UAVs survey the same ground: the safest way to fly together.</source>
   <translation>Keine zwei Drohnen befliegen denselben Grund: so ist es am sichersten.</translation>
  </message>
  <message>
   <source>No-fly</source>
   <translation>Flugverbot</translation>
  </message>
  <message>
   <source>No-fly zone {0}</source>
   <translation>Flugverbotszone {0}</translation>
  </message>
  <message>
   <source>No-fly zone: circle</source>
   <translation>Flugverbotszone: Kreis</translation>
  </message>
  <message>
   <source>No-fly zone: rectangle</source>
   <translation>Flugverbotszone: Rechteck</translation>
  </message>
  <message>
   <source>No-fly zones</source>
   <translation>Flugverbotszonen</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>Nase</translation>
  </message>
  <message>
   <source>Nose points to</source>
   <translation>Nase zeigt nach</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>Nothing is drawn yet. Draw the area, import a file, or drop one on the map.</source>
   <translation>Noch ist nichts gezeichnet. Gebiet zeichnen, eine Datei importieren oder auf die Karte ziehen.</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>Jetzt</translation>
  </message>
  <message>
   <source>Obstacle, no-fly zone</source>
   <translation>Hindernis, Flugverbotszone</translation>
  </message>
  <message>
   <source>Of an empty battery; counted where there are fewer batteries than flights.</source>
   <translation>Eines leeren Akkus; zählt, wo es weniger Akkus als Flüge gibt.</translation>
  </message>
  <message>
   <source>Of photos on neighbouring lines; with a camera it gives the line distance.</source>
   <translation>Von Fotos benachbarter Linien; ergibt mit einer Kamera den Linienabstand.</translation>
  </message>
  <message>
   <source>Of photos one after the other; with a camera it gives the photo distance.</source>
   <translation>Von Fotos hintereinander; ergibt mit einer Kamera den Fotoabstand.</translation>
  </message>
  <message>
   <source>Of the ground that is surveyed, half of it to each side of the line.</source>
   <translation>Des beflogenen Bodens, je zur Hälfte auf jeder Seite der Linie.</translation>
  </message>
  <message>
   <source>Of the structure itself.</source>
   <translation>Des Bauwerks selbst.</translation>
  </message>
  <message>
   <source>Of the zone, without its buffer.</source>
   <translation>Der Zone, ohne ihren Abstand.</translation>
  </message>
  <message>
   <source>On beyond each line</source>
   <translation>Weiter nach jeder Linie</translation>
  </message>
  <message>
   <source>On the survey lines, above the launch point or, where it is known, the ground.</source>
   <translation>Auf den Linien, über dem Startpunkt oder, wo er bekannt ist, über dem Boden.</translation>
  </message>
  <message>
   <source>On which side of the wall, looking along its line.</source>
   <translation>Auf welcher Seite der Wand, entlang ihrer Linie geblickt.</translation>
  </message>
  <message>
   <source>One corner a line: latitude, longitude (WGS84). Letters N, S, E, W may be used.</source>
   <translation>Je Zeile eine Ecke: Breite, Länge (WGS84). Die Buchstaben N, S, E, W sind erlaubt.</translation>
  </message>
  <message>
   <source>One tour cut into pieces of equal time; regions may interleave.</source>
   <translation>Eine Rundreise, in Stücke gleicher Dauer geteilt; Regionen können sich verzahnen.</translation>
  </message>
  <message>
   <source>One tour in pieces</source>
   <translation>Eine Tour in Stücken</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>&amp;Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Open a mission, KML, GeoJSON or shapefile…</source>
   <translation>Mission, KML, GeoJSON oder Shapefile öffnen…</translation>
  </message>
  <message>
   <source>Open a mission, a plan, KML, GeoJSON, a shapefile, a GeoPackage or a map</source>
   <translation>Mission, Plan, KML, GeoJSON, Shapefile, GeoPackage oder Karte öffnen</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Open source, MIT licence. Map tiles belong to their providers.</source>
   <translation>Quelloffen, MIT-Lizenz. Kartenkacheln gehören ihren Anbietern.</translation>
  </message>
  <message>
   <source>Open the &amp;sample</source>
   <translation>&amp;Beispiel öffnen</translation>
  </message>
  <message>
   <source>Open the .plan files in QGroundControl, or send them from Fly.</source>
   <translation>Die .plan-Dateien in QGroundControl öffnen oder unter „Fliegen“ hochladen.</translation>
  </message>
  <message>
   <source>Opened {0}</source>
   <translation>{0} geöffnet</translation>
  </message>
  <message>
   <source>Orbit</source>
   <translation>Umkreisung</translation>
  </message>
  <message>
   <source>Orbit {0}</source>
   <translation>Umkreisung {0}</translation>
  </message>
  <message>
   <source>Own spots</source>
   <translation>Eigene</translation>
  </message>
  <message>
   <source>Own tile server</source>
   <translation>Eigener Kachelserver</translation>
  </message>
  <message>
   <source>P&amp;hotos</source>
   <translation>&amp;Fotos</translation>
  </message>
  <message>
   <source>Parallel lines that follow corridors, divided along them.</source>
   <translation>Parallele Linien, die Korridoren folgen, der Länge nach aufgeteilt.</translation>
  </message>
  <message>
   <source>Parallel tracks</source>
   <translation>Parallele Bahnen</translation>
  </message>
  <message>
   <source>Part of the area that must be within the sensor's reach.</source>
   <translation>Teil des Gebiets, der in Reichweite des Sensors liegen muss.</translation>
  </message>
  <message>
   <source>Part of the battery that no flight uses.</source>
   <translation>Teil des Akkus, den kein Flug verbraucht.</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Pause all</source>
   <translation>Alle anhalten</translation>
  </message>
  <message>
   <source>Pause {0}: it waits where it is</source>
   <translation>{0} anhalten: wartet, wo sie ist</translation>
  </message>
  <message>
   <source>Perimeter</source>
   <translation>Umrundung</translation>
  </message>
  <message>
   <source>Perimeter {0}</source>
   <translation>Umrundung {0}</translation>
  </message>
  <message>
   <source>Photo each</source>
   <translation>Foto alle</translation>
  </message>
  <message>
   <source>Photos</source>
   <translation>Fotos</translation>
  </message>
  <message>
   <source>Photos and lines</source>
   <translation>Fotos und Linien</translation>
  </message>
  <message>
   <source>Photos of each place</source>
   <translation>Fotos jedes Orts</translation>
  </message>
  <message>
   <source>Photos: {0} usable of {1}, {2} planned</source>
   <translation>Fotos: {0} brauchbar von {1}, {2} geplant</translation>
  </message>
  <message>
   <source>Pick on the map</source>
   <translation>Auf der Karte wählen</translation>
  </message>
  <message>
   <source>Pick the datum</source>
   <translation>Bezugspunkt wählen</translation>
  </message>
  <message>
   <source>Place &amp;UAVs</source>
   <translation>&amp;Drohnen platzieren</translation>
  </message>
  <message>
   <source>Place UAV</source>
   <translation>Drohne platzieren</translation>
  </message>
  <message>
   <source>Place a UAV here</source>
   <translation>Drohne hier aufstellen</translation>
  </message>
  <message>
   <source>Place on map</source>
   <translation>Auf Karte platzieren</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>Planen</translation>
  </message>
  <message>
   <source>Plan a coverage mission</source>
   <translation>Eine Abdeckungsmission planen</translation>
  </message>
  <message>
   <source>Plan again</source>
   <translation>Neu planen</translation>
  </message>
  <message>
   <source>Plan the gaps</source>
   <translation>Lücken planen</translation>
  </message>
  <message>
   <source>Plan the rest</source>
   <translation>Rest planen</translation>
  </message>
  <message>
   <source>Plan with each planner, one after the other, and keep all results</source>
   <translation>Mit jedem Planer nacheinander planen und alle Ergebnisse behalten</translation>
  </message>
  <message>
   <source>Planned and checked: {0}</source>
   <translation>Geplant und geprüft: {0}</translation>
  </message>
  <message>
   <source>Planned, but the check found errors.</source>
   <translation>Geplant, aber die Prüfung fand Fehler.</translation>
  </message>
  <message>
   <source>Planned: {0} photos for what is missing.</source>
   <translation>Geplant: {0} Fotos für das, was fehlt.</translation>
  </message>
  <message>
   <source>Planner</source>
   <translation>Planer</translation>
  </message>
  <message>
   <source>Plans safe, short, fairly divided coverage missions for a fleet of UAVs.</source>
   <translation>Plant sichere, kurze, gerecht geteilte Abdeckungsmissionen für eine Drohnenflotte.</translation>
  </message>
  <message>
   <source>Plans so far (click to look)</source>
   <translation>Pläne bisher (anklicken)</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Play the flight of the whole fleet, or stop it</source>
   <translation>Den Flug der ganzen Flotte abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>Punkte</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>Vieleck</translation>
  </message>
  <message>
   <source>Polygons or GeoTIFF</source>
   <translation>Vielecke oder GeoTIFF</translation>
  </message>
  <message>
   <source>PotensicPro opens no files: its flights are put into its own folder by a cable</source>
   <translation>PotensicPro öffnet keine Dateien: seine Flüge kommen über ein Kabel in seinen eigenen Ordner</translation>
  </message>
  <message>
   <source>Pre&amp;ferences…</source>
   <translation>&amp;Einstellungen…</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Preset for UAVs that are added</source>
   <translation>Vorgabe für hinzugefügte Drohnen</translation>
  </message>
  <message>
   <source>Preset with speed, climb, turns and battery; it brings its camera.</source>
   <translation>Vorlage mit Geschwindigkeit, Steigen, Kurven und Akku; sie bringt ihre Kamera mit.</translation>
  </message>
  <message>
   <source>Print previe&amp;w…</source>
   <translation>Druckvor&amp;schau…</translation>
  </message>
  <message>
   <source>Print the map as it is seen, with the figures of the plan</source>
   <translation>Die Karte drucken, wie sie zu sehen ist, mit den Zahlen des Plans</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Progress of {0}</source>
   <translation>Fortschritt von {0}</translation>
  </message>
  <message>
   <source>Purpose</source>
   <translation>Zweck</translation>
  </message>
  <message>
   <source>Put a copy of what is selected beside it</source>
   <translation>Eine Kopie des Gewählten daneben legen</translation>
  </message>
  <message>
   <source>Put all panels back in their places</source>
   <translation>Alle Fenster an ihre Plätze zurück</translation>
  </message>
  <message>
   <source>Put the mission away and begin with an empty one</source>
   <translation>Den Auftrag weglegen und mit einem leeren beginnen</translation>
  </message>
  <message>
   <source>Put what was copied where the pointer is</source>
   <translation>Kopiertes an die Stelle des Zeigers legen</translation>
  </message>
  <message>
   <source>QGroundControl .plan with geofence and rally points</source>
   <translation>QGroundControl .plan mit Zaun und Sammelpunkten</translation>
  </message>
  <message>
   <source>QGroundControl .plan with surveys that can be edited there</source>
   <translation>QGroundControl-.plan mit Vermessungen, die dort geändert werden können</translation>
  </message>
  <message>
   <source>Quick draft</source>
   <translation>Schneller Entwurf</translation>
  </message>
  <message>
   <source>R&amp;esume all</source>
   <translation>Alle &amp;weiter</translation>
  </message>
  <message>
   <source>Radius</source>
   <translation>Radius</translation>
  </message>
  <message>
   <source>Ready to plan.</source>
   <translation>Bereit zum Planen.</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Recall all</source>
   <translation>Alle zurück</translation>
  </message>
  <message>
   <source>Recall all vehicles?</source>
   <translation>Alle Fahrzeuge zurückrufen?</translation>
  </message>
  <message>
   <source>Recall {0}: it comes home and lands</source>
   <translation>{0} zurückrufen: kommt heim und landet</translation>
  </message>
  <message>
   <source>Recall {0}?</source>
   <translation>{0} zurückrufen?</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <source>Recover “{0}”, unsaved since {1}</source>
   <translation>„{0}“ wiederherstellen, ungespeichert seit {1}</translation>
  </message>
  <message>
   <source>Rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Remo&amp;ve ground heights</source>
   <translation>Bodenhöhen ent&amp;fernen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove ground heights</source>
   <translation>Bodenhöhen entfernen</translation>
  </message>
  <message>
   <source>Remove lik&amp;ely ground</source>
   <translation>Wahrscheinlichen Boden &amp;entfernen</translation>
  </message>
  <message>
   <source>Remove likely ground</source>
   <translation>Wahrscheinlichen Boden entfernen</translation>
  </message>
  <message>
   <source>Replace the files</source>
   <translation>Dateien ersetzen</translation>
  </message>
  <message>
   <source>Report saved as {0}</source>
   <translation>Bericht gespeichert als {0}</translation>
  </message>
  <message>
   <source>Resize circle</source>
   <translation>Kreis ändern</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Resume all</source>
   <translation>Alle weiter</translation>
  </message>
  <message>
   <source>Resume {0}: it goes on with its mission</source>
   <translation>{0} weiter: fliegt ihren Auftrag weiter</translation>
  </message>
  <message>
   <source>Return height</source>
   <translation>Rückflughöhe</translation>
  </message>
  <message>
   <source>Right</source>
   <translation>Rechts</translation>
  </message>
  <message>
   <source>Right plan</source>
   <translation>Rechter Plan</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save &amp;as…</source>
   <translation>Speichern &amp;unter…</translation>
  </message>
  <message>
   <source>Save mission</source>
   <translation>Mission speichern</translation>
  </message>
  <message>
   <source>Save the mission</source>
   <translation>Die Mission speichern</translation>
  </message>
  <message>
   <source>Save the mission in another file</source>
   <translation>Die Mission in einer anderen Datei speichern</translation>
  </message>
  <message>
   <source>Save the report</source>
   <translation>Bericht speichern</translation>
  </message>
  <message>
   <source>Save the report and open it in the browser, where it can be printed</source>
   <translation>Bericht speichern und im Browser öffnen, wo er gedruckt werden kann</translation>
  </message>
  <message>
   <source>Saved {0}</source>
   <translation>{0} gespeichert</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suche</translation>
  </message>
  <message>
   <source>Search all of the area alike</source>
   <translation>Überall im Gebiet gleich suchen</translation>
  </message>
  <message>
   <source>Search first where a file says: polygons with weights, or a raster</source>
   <translation>Zuerst dort suchen, wo eine Datei sagt: Vielecke mit Gewichten oder ein Raster</translation>
  </message>
  <message>
   <source>Search pattern</source>
   <translation>Suchmuster</translation>
  </message>
  <message>
   <source>Search radius</source>
   <translation>Suchradius</translation>
  </message>
  <message>
   <source>Second pass turned by</source>
   <translation>Zweiter Durchgang um</translation>
  </message>
  <message>
   <source>Sector search</source>
   <translation>Sektorsuche</translation>
  </message>
  <message>
   <source>See more</source>
   <translation>Mehr sehen</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>Select</source>
   <translation>Auswählen</translation>
  </message>
  <message>
   <source>Select &amp;all</source>
   <translation>&amp;Alles wählen</translation>
  </message>
  <message>
   <source>Select a UAV here or on the map to edit its values.</source>
   <translation>Eine Drohne hier oder auf der Karte auswählen, um ihre Werte zu ändern.</translation>
  </message>
  <message>
   <source>Select all shapes and UAVs; Shift+click adds one</source>
   <translation>Alle Formen und Drohnen wählen; Umschalt+Klick nimmt eine dazu</translation>
  </message>
  <message>
   <source>Select; drag corners, the + between them, the cross, and UAVs</source>
   <translation>Auswählen; Ecken, das + dazwischen, das Kreuz und Drohnen ziehen</translation>
  </message>
  <message>
   <source>Send</source>
   <translation>Schicken</translation>
  </message>
  <message>
   <source>Send the new missions to the vehicles, in the air and on the ground?</source>
   <translation>Die neuen Aufträge an die Fahrzeuge schicken, in der Luft und am Boden?</translation>
  </message>
  <message>
   <source>Sent to the printer.</source>
   <translation>An den Drucker geschickt.</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Shapes</source>
   <translation>Formen</translation>
  </message>
  <message>
   <source>Share</source>
   <translation>Anteil</translation>
  </message>
  <message>
   <source>Show &amp;all</source>
   <translation>&amp;Alles zeigen</translation>
  </message>
  <message>
   <source>Show all</source>
   <translation>Alles zeigen</translation>
  </message>
  <message>
   <source>Show and hide layers and backgrounds</source>
   <translation>Ebenen und Hintergründe zeigen und verbergen</translation>
  </message>
  <message>
   <source>Show heights and flights over time, or only one line</source>
   <translation>Höhen und Flüge über der Zeit zeigen, oder nur eine Zeile</translation>
  </message>
  <message>
   <source>Show or hide on the map</source>
   <translation>Auf der Karte zeigen oder verbergen</translation>
  </message>
  <message>
   <source>Show positions and progress on the map; nothing is changed</source>
   <translation>Positionen und Fortschritt auf der Karte zeigen; nichts wird verändert</translation>
  </message>
  <message>
   <source>Show the ground heights as light and shade</source>
   <translation>Die Bodenhöhen als Licht und Schatten zeigen</translation>
  </message>
  <message>
   <source>Show the whole mission</source>
   <translation>Die ganze Mission zeigen</translation>
  </message>
  <message>
   <source>Show the window in the new language now?</source>
   <translation>Das Fenster jetzt in der neuen Sprache zeigen?</translation>
  </message>
  <message>
   <source>Side overlap</source>
   <translation>Querüberlappung</translation>
  </message>
  <message>
   <source>Sidelap</source>
   <translation>Seitl. Überl.</translation>
  </message>
  <message>
   <source>Space, Enter, Backspace, Esc</source>
   <translation>Leertaste, Eingabe, Rücktaste, Esc</translation>
  </message>
  <message>
   <source>Speed of the film</source>
   <translation>Abspielgeschwindigkeit</translation>
  </message>
  <message>
   <source>Speed on the survey lines.</source>
   <translation>Geschwindigkeit auf den Fluglinien.</translation>
  </message>
  <message>
   <source>Speed on the way to the area and back.</source>
   <translation>Geschwindigkeit auf dem Weg zum Gebiet und zurück.</translation>
  </message>
  <message>
   <source>Speed up to</source>
   <translation>Tempo bis</translation>
  </message>
  <message>
   <source>Start the simulated flight</source>
   <translation>Simulierten Flug starten</translation>
  </message>
  <message>
   <source>Station: mcpp or the crew. File: the missions wait themselves, motors armed.</source>
   <translation>Station: mcpp oder die Mannschaft. File: die Missionen warten selbst, mit laufenden Motoren.</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop planning</source>
   <translation>Planung anhalten</translation>
  </message>
  <message>
   <source>Stopping: the best plan so far is kept.</source>
   <translation>Wird angehalten: der bisher beste Plan bleibt.</translation>
  </message>
  <message>
   <source>Straight before each line</source>
   <translation>Gerade vor jeder Linie</translation>
  </message>
  <message>
   <source>Straight up to here first; then on to the transit height.</source>
   <translation>Zuerst senkrecht bis hierher, dann auf Anflughöhe.</translation>
  </message>
  <message>
   <source>Structure</source>
   <translation>Bauwerk</translation>
  </message>
  <message>
   <source>Survey height</source>
   <translation>Flughöhe</translation>
  </message>
  <message>
   <source>Survey lines run along the edge after the selected corner; the longest if none is</source>
   <translation>Linien laufen entlang der Kante nach der gewählten Ecke; ohne Wahl entlang der längsten</translation>
  </message>
  <message>
   <source>Survey speed</source>
   <translation>Flugtempo</translation>
  </message>
  <message>
   <source>System id</source>
   <translation>Systemnummer</translation>
  </message>
  <message>
   <source>Take MBTiles and GeoTIFF files away</source>
   <translation>MBTiles- und GeoTIFF-Dateien wegnehmen</translation>
  </message>
  <message>
   <source>Take the last step back</source>
   <translation>Den letzten Schritt zurücknehmen</translation>
  </message>
  <message>
   <source>Take-off height</source>
   <translation>Abhebehöhe</translation>
  </message>
  <message>
   <source>The folder holds files of an earlier plan.</source>
   <translation>Der Ordner enthält Dateien eines früheren Plans.</translation>
  </message>
  <message>
   <source>The language changes at the next start.</source>
   <translation>Die Sprache wechselt beim nächsten Start.</translation>
  </message>
  <message>
   <source>The live view stays as long as motors are on.</source>
   <translation>Die Live-Ansicht bleibt, solange Motoren laufen.</translation>
  </message>
  <message>
   <source>The maker states a height error of less than 4 m for 90 % of the ground (2 m between neighbouring places on slopes up to 20 %). What was built, felled or dug since about 2015 is not in it.</source>
   <translation>Der Hersteller nennt einen Höhenfehler unter 4 m für 90 % des Bodens (2 m zwischen Nachbarorten an Hängen bis 20 %). Was seit etwa 2015 gebaut, gefällt oder gegraben wurde, fehlt.</translation>
  </message>
  <message>
   <source>The mission and the shown plan stay; the list of steps to undo begins anew.</source>
   <translation>Mission und gezeigter Plan bleiben; die Liste der rücknehmbaren Schritte beginnt neu.</translation>
  </message>
  <message>
   <source>The mission has changed since this plan.</source>
   <translation>Die Mission hat sich seit diesem Plan geändert.</translation>
  </message>
  <message>
   <source>The mission has changes that are not saved.</source>
   <translation>Die Mission hat ungespeicherte Änderungen.</translation>
  </message>
  <message>
   <source>The outline crosses itself</source>
   <translation>Der Umriss kreuzt sich selbst</translation>
  </message>
  <message>
   <source>The picture of the map is in the clipboard.</source>
   <translation>Das Bild der Karte ist in der Zwischenablage.</translation>
  </message>
  <message>
   <source>The plan has errors and is not sent to any vehicle.</source>
   <translation>Der Plan hat Fehler und geht an kein Gerät.</translation>
  </message>
  <message>
   <source>The plan is ready. Next: press Export at the top, or Fly.</source>
   <translation>Der Plan ist fertig. Weiter: oben „Exportieren“ oder „Fliegen“ drücken.</translation>
  </message>
  <message>
   <source>The planner chooses which way survey lines run</source>
   <translation>Der Planer wählt die Richtung der Linien</translation>
  </message>
  <message>
   <source>The same mission and seed give the same plan.</source>
   <translation>Gleiche Mission und gleicher Startwert ergeben den gleichen Plan.</translation>
  </message>
  <message>
   <source>The selected UAV lands at the middle of the map</source>
   <translation>Die gewählte Drohne landet in der Mitte der Karte</translation>
  </message>
  <message>
   <source>The target takes all flights as they are meant.</source>
   <translation>Das Ziel nimmt alle Flüge so, wie sie gemeint sind.</translation>
  </message>
  <message>
   <source>The target would not take this as it is meant:</source>
   <translation>Das Ziel würde dies nicht so nehmen, wie es gemeint ist:</translation>
  </message>
  <message>
   <source>The vehicles fly an earlier plan. Nothing is uploaded until all motors are off.</source>
   <translation>Die Fahrzeuge fliegen einen früheren Plan. Nichts wird hochgeladen, bis alle Motoren aus sind.</translation>
  </message>
  <message>
   <source>They are written though it takes no fence about all zones and holes.</source>
   <translation>Sie werden geschrieben, obwohl er nicht um alle Zonen und Löcher einen Zaun nimmt.</translation>
  </message>
  <message>
   <source>This plan was made for other settings than the present ones.</source>
   <translation>Dieser Plan wurde für andere als die jetzigen Einstellungen gemacht.</translation>
  </message>
  <message>
   <source>Tiles that you have looked at are kept on this computer, and no others.</source>
   <translation>Angesehene Kacheln bleiben auf diesem Rechner, andere nicht.</translation>
  </message>
  <message>
   <source>Time may be off by</source>
   <translation>Zeit darf abweichen um</translation>
  </message>
  <message>
   <source>Time of the flight</source>
   <translation>Zeit des Flugs</translation>
  </message>
  <message>
   <source>Time off, at least</source>
   <translation>Zeit abweichend, mindestens</translation>
  </message>
  <message>
   <source>Time on the ground between two flights of a UAV.</source>
   <translation>Zeit am Boden zwischen zwei Flügen einer Drohne.</translation>
  </message>
  <message>
   <source>Time to clear a launch point which UAVs share.</source>
   <translation>Zeit, um einen gemeinsamen Startpunkt zu räumen.</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Transit height</source>
   <translation>Anflughöhe</translation>
  </message>
  <message>
   <source>Transit speed</source>
   <translation>Anflugtempo</translation>
  </message>
  <message>
   <source>Tries the planners that fit and takes the fastest plan that is safe. A good choice.</source>
   <translation>Versucht die passenden Planer und nimmt den schnellsten sicheren Plan. Eine gute Wahl.</translation>
  </message>
  <message>
   <source>Try all of this on this computer, without any vehicle</source>
   <translation>Alles auf diesem Rechner ausprobieren, ohne Gerät</translation>
  </message>
  <message>
   <source>Turn</source>
   <translation>Drehen</translation>
  </message>
  <message>
   <source>Turn &amp;left</source>
   <translation>Nach &amp;links drehen</translation>
  </message>
  <message>
   <source>Turn ri&amp;ght</source>
   <translation>Nach &amp;rechts drehen</translation>
  </message>
  <message>
   <source>Turn what is selected by 5°; drag the round handle for any angle</source>
   <translation>Gewähltes um 5° drehen; für andere Winkel den runden Griff ziehen</translation>
  </message>
  <message>
   <source>Turns</source>
   <translation>Kurven</translation>
  </message>
  <message>
   <source>Turns may reach so far beyond the border. 0: strictly inside.</source>
   <translation>Kurven dürfen so weit über den Rand reichen. 0: streng innerhalb.</translation>
  </message>
  <message>
   <source>Two UAVs in the air keep this distance, or the height distance.</source>
   <translation>Zwei Drohnen in der Luft halten diesen Abstand oder den Höhenabstand.</translation>
  </message>
  <message>
   <source>Two UAVs in the air keep this height distance, or the distance across.</source>
   <translation>Zwei Drohnen in der Luft halten diesen Höhenabstand oder den seitlichen.</translation>
  </message>
  <message>
   <source>Two plans side by side</source>
   <translation>Zwei Pläne nebeneinander</translation>
  </message>
  <message>
   <source>Type area</source>
   <translation>Gebiet eintippen</translation>
  </message>
  <message>
   <source>Type coordinates</source>
   <translation>Koordinaten eintippen</translation>
  </message>
  <message>
   <source>Type coordinates or a name</source>
   <translation>Koordinaten oder Namen eintippen</translation>
  </message>
  <message>
   <source>Type exact coordinates of what is selected; of a new area if nothing is</source>
   <translation>Genaue Koordinaten des Gewählten eintippen; eines neuen Gebiets, wenn nichts gewählt ist</translation>
  </message>
  <message>
   <source>UAV</source>
   <translation>Drohne</translation>
  </message>
  <message>
   <source>UAVs</source>
   <translation>Drohnen</translation>
  </message>
  <message>
   <source>UAVs never come near each other</source>
   <translation>die Drohnen kommen einander nie nahe</translation>
  </message>
  <message>
   <source>UAVs stray by</source>
   <translation>Spurabweichung</translation>
  </message>
  <message>
   <source>UAVs that share a launch point get spots beside it; again, and all are as given</source>
   <translation>Drohnen mit gemeinsamem Startpunkt bekommen Plätze daneben; noch einmal: alle wie angegeben</translation>
  </message>
  <message>
   <source>USB is connected</source>
   <translation>USB ist angeschlossen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Units</source>
   <translation>Einheiten</translation>
  </message>
  <message>
   <source>Units of all values</source>
   <translation>Einheiten aller Werte</translation>
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation>Ungespeicherte Änderungen</translation>
  </message>
  <message>
   <source>Upload and verify</source>
   <translation>Hochladen und prüfen</translation>
  </message>
  <message>
   <source>Upload locked: its motors are on.</source>
   <translation>Upload gesperrt: die Motoren laufen.</translation>
  </message>
  <message>
   <source>Upload locked: its motors were on when it was last heard.</source>
   <translation>Upload gesperrt: die Motoren liefen, als es zuletzt gehört wurde.</translation>
  </message>
  <message>
   <source>Use a simulated fleet</source>
   <translation>Simulierte Flotte benutzen</translation>
  </message>
  <message>
   <source>Use as</source>
   <translation>Verwenden als</translation>
  </message>
  <message>
   <source>Use the settings of plan {0}</source>
   <translation>Einstellungen von Plan {0} verwenden</translation>
  </message>
  <message>
   <source>Use the settings of this plan</source>
   <translation>Einstellungen dieses Plans verwenden</translation>
  </message>
  <message>
   <source>Use {0} as</source>
   <translation>{0} verwenden als</translation>
  </message>
  <message>
   <source>Version and licence</source>
   <translation>Version und Lizenz</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Ansichten</translation>
  </message>
  <message>
   <source>Wanted part of the area. Leave empty for all: then all finish together.</source>
   <translation>Gewünschter Teil des Gebiets. Bei allen leer lassen: dann werden alle zugleich fertig.</translation>
  </message>
  <message>
   <source>Warning</source>
   <translation>Warnung</translation>
  </message>
  <message>
   <source>Watch the fleet</source>
   <translation>Flotte beobachten</translation>
  </message>
  <message>
   <source>Way</source>
   <translation>Weg</translation>
  </message>
  <message>
   <source>Way of its lines</source>
   <translation>Richtung ihrer Linien</translation>
  </message>
  <message>
   <source>Way of the lines</source>
   <translation>Richtung der Linien</translation>
  </message>
  <message>
   <source>Waypoint heights are above</source>
   <translation>Wegpunkthöhen über</translation>
  </message>
  <message>
   <source>Ways over low zones</source>
   <translation>Wege über niedrige Zonen</translation>
  </message>
  <message>
   <source>Ways there and back may pass over zones whose top is given, high enough above.</source>
   <translation>Hin- und Rückwege dürfen über Zonen führen, deren Höhe angegeben ist, hoch genug darüber.</translation>
  </message>
  <message>
   <source>Weight elsewhere</source>
   <translation>Gewicht anderswo</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>What few missions change</source>
   <translation>Was wenige Missionen ändern</translation>
  </message>
  <message>
   <source>What follows for each UAV</source>
   <translation>Was für jede Drohne folgt</translation>
  </message>
  <message>
   <source>What is there.</source>
   <translation>Was dort ist.</translation>
  </message>
  <message>
   <source>What is what in this file?</source>
   <translation>Was ist was in dieser Datei?</translation>
  </message>
  <message>
   <source>What one pixel shows (GSD); with it, each camera gets its own height.</source>
   <translation>Was ein Pixel zeigt (GSD); damit bekommt jede Kamera ihre eigene Höhe.</translation>
  </message>
  <message>
   <source>What other planners would give</source>
   <translation>Was andere Planer ergäben</translation>
  </message>
  <message>
   <source>What the &amp;map shows…</source>
   <translation>Was die &amp;Karte zeigt…</translation>
  </message>
  <message>
   <source>What the map shows</source>
   <translation>Was die Karte zeigt</translation>
  </message>
  <message>
   <source>What the target would refuse</source>
   <translation>Was das Ziel ablehnen würde</translation>
  </message>
  <message>
   <source>What you call it; used in file names.</source>
   <translation>Wie sie heißt; steht in Dateinamen.</translation>
  </message>
  <message>
   <source>Where it is fixed: 0° is north.</source>
   <translation>Wo sie fest ist: 0° ist Norden.</translation>
  </message>
  <message>
   <source>Where it lands, if not where it took off.</source>
   <translation>Wo sie landet, wenn nicht am Startpunkt.</translation>
  </message>
  <message>
   <source>Where it takes off. Empty: mcpp chooses, on ground for the crew if that is drawn.</source>
   <translation>Wo sie startet. Leer: mcpp wählt, auf dem Platz für die Mannschaft, wenn er gezeichnet ist.</translation>
  </message>
  <message>
   <source>Where the trigger is hovering.</source>
   <translation>Wo im Schweben ausgelöst wird.</translation>
  </message>
  <message>
   <source>Where what is searched for most likely is; of tracks, the side to begin at.</source>
   <translation>Wo das Gesuchte am wahrscheinlichsten ist; bei Bahnen die Seite, auf der sie beginnen.</translation>
  </message>
  <message>
   <source>Which flight of each UAV, where one battery is not enough</source>
   <translation>Welcher Flug jeder Drohne, wo ein Akku nicht reicht</translation>
  </message>
  <message>
   <source>Whose heights are shown</source>
   <translation>Wessen Höhen gezeigt werden</translation>
  </message>
  <message>
   <source>Whose pictures these are, and what they may be used for</source>
   <translation>Wem diese Bilder gehören und wozu sie dienen dürfen</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Breite</translation>
  </message>
  <message>
   <source>Width of obstacles and corridors drawn as lines</source>
   <translation>Breite von Hindernissen und Korridoren, die als Linien gezeichnet sind</translation>
  </message>
  <message>
   <source>Width seen or covered</source>
   <translation>Gesehene Breite</translation>
  </message>
  <message>
   <source>Wind comes from</source>
   <translation>Wind kommt aus</translation>
  </message>
  <message>
   <source>Wind speed</source>
   <translation>Windgeschwindigkeit</translation>
  </message>
  <message>
   <source>With a camera, overlap gives line distance and photo distance.</source>
   <translation>Mit einer Kamera ergibt die Überlappung Linien- und Fotoabstand.</translation>
  </message>
  <message>
   <source>Write files for the autopilots, maps and the report</source>
   <translation>Dateien für Autopiloten, Karten und Bericht schreiben</translation>
  </message>
  <message>
   <source>Zones that end 10 m or more below all flights; only where the ground is level.</source>
   <translation>Zonen, die 10 m oder mehr unter allen Flügen enden; nur wo der Boden eben ist.</translation>
  </message>
  <message>
   <source>Zoom &amp;in</source>
   <translation>Ver&amp;größern</translation>
  </message>
  <message>
   <source>Zoom &amp;out</source>
   <translation>Ver&amp;kleinern</translation>
  </message>
  <message>
   <source>a facade is a line: give two points or more that lie apart</source>
   <translation>eine Fassade ist eine Linie: zwei oder mehr Punkte mit Abstand angeben</translation>
  </message>
  <message>
   <source>a leg was not legal</source>
   <translation>ein Wegstück war nicht erlaubt</translation>
  </message>
  <message>
   <source>a longer battery would bring little</source>
   <translation>ein größerer Akku brächte wenig</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>eine Zahl</translation>
  </message>
  <message>
   <source>a photo failed, the camera says</source>
   <translation>ein Foto ist misslungen, meldet die Kamera</translation>
  </message>
  <message>
   <source>a sector search needs one: give its legs' length</source>
   <translation>eine Sektorsuche braucht ihn: Länge ihrer Strecken angeben</translation>
  </message>
  <message>
   <source>a waypoint is {0} m above the launch point: {1} takes {2} to {3} m</source>
   <translation>ein Wegpunkt liegt {0} m über dem Startpunkt: {1} nimmt {2} bis {3} m</translation>
  </message>
  <message>
   <source>a whole number</source>
   <translation>eine ganze Zahl</translation>
  </message>
  <message>
   <source>a {0} needs one: give a place</source>
   <translation>{0} braucht ihn: einen Ort angeben</translation>
  </message>
  <message>
   <source>about {0} min of {1} left</source>
   <translation>noch etwa {0} min von {1}</translation>
  </message>
  <message>
   <source>above the geofence's height (GF_MAX_VER_DIST)</source>
   <translation>höher als der Zaun erlaubt (GF_MAX_VER_DIST)</translation>
  </message>
  <message>
   <source>accelerometer bias too high</source>
   <translation>Beschleunigungsmesser: Versatz zu groß</translation>
  </message>
  <message>
   <source>all landed after</source>
   <translation>alle gelandet nach</translation>
  </message>
  <message>
   <source>along</source>
   <translation>in Flugrichtung</translation>
  </message>
  <message>
   <source>an upload still runs: stop it, divide the rest again</source>
   <translation>ein Hochladen läuft noch: anhalten, dann den Rest noch einmal aufteilen</translation>
  </message>
  <message>
   <source>another ground station (system {0}) writes its mission</source>
   <translation>eine andere Bodenstation (System {0}) schreibt seine Mission</translation>
  </message>
  <message>
   <source>another ground station (system {0}, component {1}) is on this link</source>
   <translation>eine andere Bodenstation (System {0}, Komponente {1}) ist an dieser Verbindung</translation>
  </message>
  <message>
   <source>another mission! </source>
   <translation>andere Mission! </translation>
  </message>
  <message>
   <source>any</source>
   <translation>beliebig</translation>
  </message>
  <message>
   <source>apart</source>
   <translation>auseinander</translation>
  </message>
  <message>
   <source>area</source>
   <translation>Gebiet</translation>
  </message>
  <message>
   <source>area: its points lie {0} km apart: an area is at most {1} km wide (is one point mistyped, or longitude and latitude swapped?)</source>
   <translation>Gebiet: seine Punkte liegen {0} km auseinander: ein Gebiet ist höchstens {1} km breit (ein Punkt vertippt, oder Länge und Breite vertauscht?)</translation>
  </message>
  <message>
   <source>arming denied: it is calibrating</source>
   <translation>Scharfschalten abgelehnt: es kalibriert</translation>
  </message>
  <message>
   <source>arming denied: its checks fail</source>
   <translation>Scharfschalten abgelehnt: seine Prüfungen schlagen fehl</translation>
  </message>
  <message>
   <source>arming denied: not in manual mode</source>
   <translation>Scharfschalten abgelehnt: nicht in Handsteuerung</translation>
  </message>
  <message>
   <source>arming denied: throttle above centre</source>
   <translation>Scharfschalten abgelehnt: Gas über der Mitte</translation>
  </message>
  <message>
   <source>arming denied: throttle not at zero</source>
   <translation>Scharfschalten abgelehnt: Gas nicht auf null</translation>
  </message>
  <message>
   <source>arming is not authorised</source>
   <translation>Scharfschalten ist nicht freigegeben</translation>
  </message>
  <message>
   <source>as survey</source>
   <translation>wie Flughöhe</translation>
  </message>
  <message>
   <source>as transit</source>
   <translation>wie Anflug</translation>
  </message>
  <message>
   <source>at like heights never nearer than {0} m ({1} and {2}, at {3} s)</source>
   <translation>in ähnlicher Höhe nie näher als {0} m ({1} und {2}, nach {3} s)</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>automatisch</translation>
  </message>
  <message>
   <source>battery critical</source>
   <translation>Akkustand kritisch</translation>
  </message>
  <message>
   <source>battery low</source>
   <translation>Akkustand niedrig</translation>
  </message>
  <message>
   <source>battery nearly empty</source>
   <translation>Akku beinahe leer</translation>
  </message>
  <message>
   <source>battery unhealthy</source>
   <translation>Akku nicht in Ordnung</translation>
  </message>
  <message>
   <source>battery {0} %</source>
   <translation>Akku {0} %</translation>
  </message>
  <message>
   <source>battery {0} is disconnected</source>
   <translation>Akku {0} ist abgetrennt</translation>
  </message>
  <message>
   <source>battery {0} is missing</source>
   <translation>Akku {0} fehlt</translation>
  </message>
  <message>
   <source>battery {0} reports a fault</source>
   <translation>Akku {0} meldet einen Fehler</translation>
  </message>
  <message>
   <source>beyond the geofence's distance (GF_MAX_HOR_DIST)</source>
   <translation>weiter weg als der Zaun erlaubt (GF_MAX_HOR_DIST)</translation>
  </message>
  <message>
   <source>by the new plan it starts {0}</source>
   <translation>nach dem neuen Plan startet sie {0}</translation>
  </message>
  <message>
   <source>checking</source>
   <translation>prüfen</translation>
  </message>
  <message>
   <source>compass {0} is at fault</source>
   <translation>Kompass {0} ist gestört</translation>
  </message>
  <message>
   <source>compass {0} is missing</source>
   <translation>Kompass {0} fehlt</translation>
  </message>
  <message>
   <source>compass {0} is not calibrated</source>
   <translation>Kompass {0} ist nicht kalibriert</translation>
  </message>
  <message>
   <source>compasses differ by {0} degrees</source>
   <translation>Kompasse weichen um {0} Grad voneinander ab</translation>
  </message>
  <message>
   <source>connecting leg</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>corridor of {0}: {1}</source>
   <translation>Korridor von {0}: {1}</translation>
  </message>
  <message>
   <source>corridors are followed along their lines: leave one of them out</source>
   <translation>Korridoren wird entlang ihrer Linien gefolgt: eins von beiden weglassen</translation>
  </message>
  <message>
   <source>coverage</source>
   <translation>Abdeckung</translation>
  </message>
  <message>
   <source>coverage by exact area ({0} %) and by sampling ({1} %) disagree: an error in mcpp itself</source>
   <translation>Abdeckung nach Fläche ({0} %) und nach Stichprobe ({1} %) widersprechen sich: ein Fehler in mcpp selbst</translation>
  </message>
  <message>
   <source>coverage {0} % by exact area, {1} % of {2} samples</source>
   <translation>Abdeckung {0} % nach genauer Fläche, {1} % von {2} Stichproben</translation>
  </message>
  <message>
   <source>coverage {0} % is below the wanted {1} %; from where the UAVs may fly {2} % can be reached</source>
   <translation>Abdeckung {0} % liegt unter den gewünschten {1} %; von dort, wo geflogen werden darf, sind {2} % erreichbar</translation>
  </message>
  <message>
   <source>coverage {0} % is below the wanted {1} %; from where the UAVs may fly {2} % can be reached, but {3} % are left out, as told below</source>
   <translation>Abdeckung {0} % liegt unter den gewünschten {1} %; von dort, wo die Drohnen fliegen dürfen, sind {2} % erreichbar, doch {3} % werden ausgelassen, wie unten gesagt</translation>
  </message>
  <message>
   <source>coverage {0} % is far below the {1} % that can be reached: give fewer UAVs, a smaller scan distance, or --planner {2}</source>
   <translation>Abdeckung {0} % liegt weit unter den {1} %, die erreichbar sind: weniger Drohnen, einen kleineren Linienabstand oder --planner {2} nehmen</translation>
  </message>
  <message>
   <source>covered</source>
   <translation>abgedeckt</translation>
  </message>
  <message>
   <source>covering the regions</source>
   <translation>Regionen abdecken</translation>
  </message>
  <message>
   <source>covers less than wanted</source>
   <translation>deckt weniger ab als gewünscht</translation>
  </message>
  <message>
   <source>critical battery</source>
   <translation>Akku kritisch</translation>
  </message>
  <message>
   <source>cutting the tour</source>
   <translation>Rundweg teilen</translation>
  </message>
  <message>
   <source>descent</source>
   <translation>Sinkflug</translation>
  </message>
  <message>
   <source>digest: the plan file is not as mcpp wrote it: plan its mission again</source>
   <translation>digest: Die Plandatei ist nicht so, wie mcpp sie schrieb: den Auftrag neu planen</translation>
  </message>
  <message>
   <source>disarming</source>
   <translation>Abschalten</translation>
  </message>
  <message>
   <source>disarming denied: not landed</source>
   <translation>Abschalten abgelehnt: nicht gelandet</translation>
  </message>
  <message>
   <source>distance</source>
   <translation>nach Strecke</translation>
  </message>
  <message>
   <source>divide</source>
   <translation>aufteilen</translation>
  </message>
  <message>
   <source>divide the rest again</source>
   <translation>den Rest noch einmal aufteilen</translation>
  </message>
  <message>
   <source>dividing the area</source>
   <translation>Gebiet aufteilen</translation>
  </message>
  <message>
   <source>dividing the pieces</source>
   <translation>Stücke aufteilen</translation>
  </message>
  <message>
   <source>drawing in metres of the UTM zone</source>
   <translation>Zeichnung in Metern der UTM-Zone</translation>
  </message>
  <message>
   <source>each of the {0} cells needs the number of one of {1} UAVs</source>
   <translation>jede der {0} Zellen braucht die Nummer einer von {1} Drohnen</translation>
  </message>
  <message>
   <source>emergency battery</source>
   <translation>Akku fast leer</translation>
  </message>
  <message>
   <source>enough</source>
   <translation>genug</translation>
  </message>
  <message>
   <source>estimator does not use GPS</source>
   <translation>der Schätzer nutzt kein GPS</translation>
  </message>
  <message>
   <source>estimator not started yet</source>
   <translation>Schätzer noch nicht gestartet</translation>
  </message>
  <message>
   <source>evening out</source>
   <translation>Ausgleichen</translation>
  </message>
  <message>
   <source>event {0} of PX4, severity {1}: its words are not known here</source>
   <translation>Ereignis {0} von PX4, Schwere {1}: seine Worte sind hier nicht bekannt</translation>
  </message>
  <message>
   <source>failsafe, {0}: a warning</source>
   <translation>Notfall, {0}: eine Warnung</translation>
  </message>
  <message>
   <source>failsafe, {0}: {1}</source>
   <translation>Notfall, {0}: {1}</translation>
  </message>
  <message>
   <source>failsafe, {0}: {1} in {2} s</source>
   <translation>Notfall, {0}: {1} in {2} s</translation>
  </message>
  <message>
   <source>failsafe: a warning</source>
   <translation>Notfall: eine Warnung</translation>
  </message>
  <message>
   <source>failsafe: battery empty, land at once</source>
   <translation>Notfall: Akku leer, sofort landen</translation>
  </message>
  <message>
   <source>failsafe: critical battery, land now</source>
   <translation>Notfall: Akku kritisch, jetzt landen</translation>
  </message>
  <message>
   <source>failsafe: low battery, return advised</source>
   <translation>Notfall: Akku schwach, Rückkehr geraten</translation>
  </message>
  <message>
   <source>failsafe: too little flight time left, return advised</source>
   <translation>Notfall: zu wenig Flugzeit übrig, Rückkehr geraten</translation>
  </message>
  <message>
   <source>failsafe: {0}</source>
   <translation>Notfall: {0}</translation>
  </message>
  <message>
   <source>failsafe: {0} in {1} s</source>
   <translation>Notfall: {0} in {1} s</translation>
  </message>
  <message>
   <source>farther than a row of {0} m for all UAVs</source>
   <translation>weiter als eine Reihe von {0} m für alle Drohnen</translation>
  </message>
  <message>
   <source>fixed</source>
   <translation>fest</translation>
  </message>
  <message>
   <source>flies a short return mission of {0} items: upload its mission again later</source>
   <translation>fliegt einen kurzen Heimwegauftrag von {0} Elementen: danach den Auftrag neu hochladen</translation>
  </message>
  <message>
   <source>flies its new mission</source>
   <translation>fliegt ihren neuen Auftrag</translation>
  </message>
  <message>
   <source>flies on</source>
   <translation>fliegt weiter</translation>
  </message>
  <message>
   <source>flies straight home</source>
   <translation>fliegt geradeaus heim</translation>
  </message>
  <message>
   <source>flies the return part of its mission</source>
   <translation>fliegt den Heimweg ihres Auftrags</translation>
  </message>
  <message>
   <source>flight termination is active</source>
   <translation>Flugabbruch ist aktiv</translation>
  </message>
  <message>
   <source>flight {0}</source>
   <translation>Flug {0}</translation>
  </message>
  <message>
   <source>flights</source>
   <translation>Flüge</translation>
  </message>
  <message>
   <source>following the corridor</source>
   <translation>dem Korridor folgen</translation>
  </message>
  <message>
   <source>from GSD</source>
   <translation>aus GSD</translation>
  </message>
  <message>
   <source>from height</source>
   <translation>aus Höhe</translation>
  </message>
  <message>
   <source>from overlaps</source>
   <translation>aus Überlappung</translation>
  </message>
  <message>
   <source>from purpose</source>
   <translation>nach Zweck</translation>
  </message>
  <message>
   <source>from the aircraft</source>
   <translation>vom Fluggerät</translation>
  </message>
  <message>
   <source>from the camera</source>
   <translation>von der Kamera</translation>
  </message>
  <message>
   <source>from the mission</source>
   <translation>von der Mission</translation>
  </message>
  <message>
   <source>from the overlap</source>
   <translation>aus der Überlappung</translation>
  </message>
  <message>
   <source>given</source>
   <translation>vorgegeben</translation>
  </message>
  <message>
   <source>ground for the crew</source>
   <translation>Platz für die Mannschaft</translation>
  </message>
  <message>
   <source>ground for the crew: {0}</source>
   <translation>Plätze für die Mannschaft: {0}</translation>
  </message>
  <message>
   <source>ground heights</source>
   <translation>Bodenhöhen</translation>
  </message>
  <message>
   <source>ground station lost</source>
   <translation>Bodenstation verloren</translation>
  </message>
  <message>
   <source>ground {0} above the launch point</source>
   <translation>Boden {0} über dem Startpunkt</translation>
  </message>
  <message>
   <source>gyroscope bias too high</source>
   <translation>Kreisel: Versatz zu groß</translation>
  </message>
  <message>
   <source>has not taken its new mission</source>
   <translation>hat ihren neuen Auftrag nicht angenommen</translation>
  </message>
  <message>
   <source>has taken off meanwhile</source>
   <translation>ist inzwischen gestartet</translation>
  </message>
  <message>
   <source>hastening the last</source>
   <translation>die letzte Drohne beschleunigen</translation>
  </message>
  <message>
   <source>landing together</source>
   <translation>gemeinsam landen</translation>
  </message>
  <message>
   <source>heard again</source>
   <translation>wieder gehört</translation>
  </message>
  <message>
   <source>height</source>
   <translation>Höhe</translation>
  </message>
  <message>
   <source>height estimate unstable</source>
   <translation>Höhenschätzung unstet</translation>
  </message>
  <message>
   <source>hold</source>
   <translation>Halten</translation>
  </message>
  <message>
   <source>holding photos against the plan</source>
   <translation>Fotos gegen den Plan halten</translation>
  </message>
  <message>
   <source>holding; about {0} min of {1} left</source>
   <translation>wartet; noch etwa {0} min von {1}</translation>
  </message>
  <message>
   <source>holds another plan</source>
   <translation>hält einen anderen Plan</translation>
  </message>
  <message>
   <source>holds its new mission</source>
   <translation>hat ihren neuen Auftrag</translation>
  </message>
  <message>
   <source>holds its new mission and starts {0}</source>
   <translation>hat ihren neuen Auftrag und startet {0}</translation>
  </message>
  <message>
   <source>holds its position</source>
   <translation>hält ihre Position</translation>
  </message>
  <message>
   <source>holds this plan</source>
   <translation>hält diesen Plan</translation>
  </message>
  <message>
   <source>holds: no legal way home ({0}); the order rtl flies straight</source>
   <translation>wartet: kein erlaubter Heimweg ({0}); der Befehl rtl fliegt geradeaus</translation>
  </message>
  <message>
   <source>home position not set</source>
   <translation>Heimatposition nicht gesetzt</translation>
  </message>
  <message>
   <source>horizontal position unstable</source>
   <translation>waagrechte Position unstet</translation>
  </message>
  <message>
   <source>horizontal velocity unstable</source>
   <translation>waagrechte Geschwindigkeit unstet</translation>
  </message>
  <message>
   <source>hover</source>
   <translation>im Schwebeflug</translation>
  </message>
  <message>
   <source>in transition</source>
   <translation>im Übergang</translation>
  </message>
  <message>
   <source>in {0} s</source>
   <translation>in {0} s</translation>
  </message>
  <message>
   <source>inside the fence again</source>
   <translation>wieder innerhalb des Zauns</translation>
  </message>
  <message>
   <source>is landing: divide the rest again then, for its next mission</source>
   <translation>landet gerade: danach den Rest noch einmal aufteilen, für ihren nächsten Auftrag</translation>
  </message>
  <message>
   <source>it begins in the air: {0} begins on the ground: land it first</source>
   <translation>er beginnt in der Luft: {0} beginnt am Boden: zuerst landen</translation>
  </message>
  <message>
   <source>it does not keep the UAVs in regions of their own</source>
   <translation>er hält die Drohnen nicht in eigenen Regionen</translation>
  </message>
  <message>
   <source>it flies no more</source>
   <translation>sie fliegt nicht mehr</translation>
  </message>
  <message>
   <source>it has landed before, and is not started from here</source>
   <translation>sie ist schon einmal gelandet und wird nicht von hier gestartet</translation>
  </message>
  <message>
   <source>it has more than {0} waypoints, and {1} can not hover at the end: give the aircraft most_points {2}</source>
   <translation>er hat mehr als {0} Wegpunkte, und {1} kann am Ende nicht schweben: dem Gerät most_points {2} geben</translation>
  </message>
  <message>
   <source>it has not taken its new mission</source>
   <translation>sie hat ihren neuen Auftrag nicht angenommen</translation>
  </message>
  <message>
   <source>it holds another mission: {0} items, the plan has {1}: what is shown is no longer what it flies</source>
   <translation>es hat eine andere Mission: {0} Punkte, der Plan hat {1}: gezeigt wird nicht mehr, was es fliegt</translation>
  </message>
  <message>
   <source>it hovers {0} s for a photo: {1} {2} s</source>
   <translation>er schwebt {0} s für ein Foto: {1} {2} s</translation>
  </message>
  <message>
   <source>it is a {0}: {1} flies multirotors</source>
   <translation>es ist ein Gerät der Art {0}: {1} fliegt Multikopter</translation>
  </message>
  <message>
   <source>it is flown in {0} parts: with {1} s to load each next one it takes {2} of {3} usable minutes: give the aircraft most_points {4}, or a greater reserve</source>
   <translation>er wird in {0} Teilen geflogen: mit {1} s zum Laden jedes nächsten dauert er {2} von {3} nutzbaren Minuten: dem Gerät most_points {4} geben, oder eine größere Reserve</translation>
  </message>
  <message>
   <source>it is for ground: leave it out of a mission of structures</source>
   <translation>gilt für Boden: in einer Mission für Bauwerke weglassen</translation>
  </message>
  <message>
   <source>it is to fly {0} m/s: {1} flies {2}, and longer than foretold: give lower speeds</source>
   <translation>er soll {0} m/s fliegen: {1} fliegt {2} und länger als vorhergesagt: geringere Geschwindigkeiten angeben</translation>
  </message>
  <message>
   <source>it is to look at a structure, which no file for {0} tells: its photos would show the way ahead</source>
   <translation>er soll auf ein Bauwerk blicken, was keine Datei für {0} sagt: seine Fotos würden den Weg voraus zeigen</translation>
  </message>
  <message>
   <source>it stays on the ground</source>
   <translation>sie bleibt am Boden</translation>
  </message>
  <message>
   <source>its app is 'none'</source>
   <translation>seine App ist 'none'</translation>
  </message>
  <message>
   <source>its battery is</source>
   <translation>sein Akku ist</translation>
  </message>
  <message>
   <source>its geofence returns, and there is no home position</source>
   <translation>sein Zaun kehrt heim, und es gibt keine Heimatposition</translation>
  </message>
  <message>
   <source>its lines follow the corridor, and no direction that is given</source>
   <translation>seine Linien folgen dem Korridor und keiner vorgegebenen Richtung</translation>
  </message>
  <message>
   <source>its mission was changed by another ground station: what is shown is no longer what it flies</source>
   <translation>seine Mission wurde von einer anderen Bodenstation geändert: gezeigt wird nicht mehr, was es fliegt</translation>
  </message>
  <message>
   <source>its mission was changed: {0} items, {1} before: what is shown is no longer what it flies</source>
   <translation>seine Mission wurde geändert: {0} Punkte, vorher {1}: gezeigt wird nicht mehr, was es fliegt</translation>
  </message>
  <message>
   <source>its mode does not allow arming</source>
   <translation>sein Modus erlaubt kein Scharfschalten</translation>
  </message>
  <message>
   <source>its mode is not supported</source>
   <translation>sein Modus wird nicht unterstützt</translation>
  </message>
  <message>
   <source>its planned way home is not known: the order rtl flies straight to the launch point</source>
   <translation>ihr geplanter Heimweg ist nicht bekannt: der Befehl rtl fliegt geradeaus zum Startpunkt</translation>
  </message>
  <message>
   <source>its {0} batteries are</source>
   <translation>seine {0} Akkus sind</translation>
  </message>
  <message>
   <source>keep it on the ground</source>
   <translation>am Boden lassen</translation>
  </message>
  <message>
   <source>keeps its mission</source>
   <translation>behält ihren Auftrag</translation>
  </message>
  <message>
   <source>keeps its mission and starts {0}</source>
   <translation>behält ihren Auftrag und startet {0}</translation>
  </message>
  <message>
   <source>landed and disarmed</source>
   <translation>gelandet und gesichert</translation>
  </message>
  <message>
   <source>landed, mission flown</source>
   <translation>gelandet, Mission geflogen</translation>
  </message>
  <message>
   <source>landing</source>
   <translation>Landung</translation>
  </message>
  <message>
   <source>landing point</source>
   <translation>Landepunkt</translation>
  </message>
  <message>
   <source>landing together</source>
   <translation>gemeinsam landen</translation>
  </message>
  <message>
   <source>launch point</source>
   <translation>Startpunkt</translation>
  </message>
  <message>
   <source>left</source>
   <translation>links</translation>
  </message>
  <message>
   <source>leg {0} of {1}</source>
   <translation>Strecke {0} von {1}</translation>
  </message>
  <message>
   <source>likeliest ground first</source>
   <translation>wahrscheinlichster Boden zuerst</translation>
  </message>
  <message>
   <source>line</source>
   <translation>Linie</translation>
  </message>
  <message>
   <source>link lost</source>
   <translation>Verbindung verloren</translation>
  </message>
  <message>
   <source>looking for the vehicle</source>
   <translation>sucht das Gerät</translation>
  </message>
  <message>
   <source>lost meanwhile</source>
   <translation>inzwischen verloren</translation>
  </message>
  <message>
   <source>low battery</source>
   <translation>Akku schwach</translation>
  </message>
  <message>
   <source>manual control lost</source>
   <translation>Handsteuerung verloren</translation>
  </message>
  <message>
   <source>mapping</source>
   <translation>Kartierung</translation>
  </message>
  <message>
   <source>mcpp chooses on the ground for the crew where these launch:</source>
   <translation>mcpp wählt auf dem Platz für die Mannschaft, wo diese starten:</translation>
  </message>
  <message>
   <source>mcpp writes no file that a {0} flies ({1}): fly it by hand</source>
   <translation>mcpp schreibt keine Datei, die eine {0} fliegt ({1}): von Hand fliegen</translation>
  </message>
  <message>
   <source>mission item {0} lies below home</source>
   <translation>Missionspunkt {0} liegt unter der Heimatposition</translation>
  </message>
  <message>
   <source>mission message refused: another ground station transfers</source>
   <translation>Missionsnachricht abgelehnt: eine andere Bodenstation überträgt</translation>
  </message>
  <message>
   <source>mission of Potensic's app for the Atom 2; never flown</source>
   <translation>Mission der App von Potensic für die Atom 2; nie geflogen</translation>
  </message>
  <message>
   <source>mission rejected: first waypoint {0} m away, {1} m allowed (MIS_DIST_1WP)</source>
   <translation>Mission abgelehnt: erster Wegpunkt {0} m entfernt, {1} m erlaubt (MIS_DIST_1WP)</translation>
  </message>
  <message>
   <source>mission rejected: it has no landing</source>
   <translation>Mission abgelehnt: ihr fehlt die Landung</translation>
  </message>
  <message>
   <source>mission rejected: it has no take-off</source>
   <translation>Mission abgelehnt: ihr fehlt der Start</translation>
  </message>
  <message>
   <source>mission rejected: it lacks take-off or landing</source>
   <translation>Mission abgelehnt: ihr fehlt Start oder Landung</translation>
  </message>
  <message>
   <source>mission rejected: it starts with a landing</source>
   <translation>Mission abgelehnt: sie beginnt mit einer Landung</translation>
  </message>
  <message>
   <source>mission rejected: item {0} breaks the geofence</source>
   <translation>Mission abgelehnt: Punkt {0} verletzt den Zaun</translation>
  </message>
  <message>
   <source>mission rejected: item {0} has command {1}, not supported</source>
   <translation>Mission abgelehnt: Punkt {0} hat Befehl {1}, nicht unterstützt</translation>
  </message>
  <message>
   <source>mission rejected: item {0} needs a home position</source>
   <translation>Mission abgelehnt: Punkt {0} braucht eine Heimatposition</translation>
  </message>
  <message>
   <source>mission rejected: its geofence needs a home position</source>
   <translation>Mission abgelehnt: ihr Zaun braucht eine Heimatposition</translation>
  </message>
  <message>
   <source>mission rejected: its landing start leads nowhere</source>
   <translation>Mission abgelehnt: ihr Landebeginn führt nirgendwohin</translation>
  </message>
  <message>
   <source>mission rejected: landing without a take-off</source>
   <translation>Mission abgelehnt: Landung ohne Start</translation>
  </message>
  <message>
   <source>mission rejected: more than one landing start</source>
   <translation>Mission abgelehnt: mehr als ein Landebeginn</translation>
  </message>
  <message>
   <source>mission rejected: take-off is not its first waypoint</source>
   <translation>Mission abgelehnt: der Start ist nicht ihr erster Wegpunkt</translation>
  </message>
  <message>
   <source>mission rejected: take-off lower than {0} m</source>
   <translation>Mission abgelehnt: Start niedriger als {0} m</translation>
  </message>
  <message>
   <source>mission rejected: take-off without a landing</source>
   <translation>Mission abgelehnt: Start ohne Landung</translation>
  </message>
  <message>
   <source>mission rejected: waypoints {0} m apart, {1} m allowed (MIS_DIST_WPS)</source>
   <translation>Mission abgelehnt: Wegpunkte {0} m auseinander, {1} m erlaubt (MIS_DIST_WPS)</translation>
  </message>
  <message>
   <source>mission transfer given up: no answer</source>
   <translation>Missionsübertragung aufgegeben: keine Antwort</translation>
  </message>
  <message>
   <source>mission upload refused: another one is under way</source>
   <translation>Missionsübertragung abgelehnt: eine andere läuft</translation>
  </message>
  <message>
   <source>mission: {0}</source>
   <translation>Auftrag: {0}</translation>
  </message>
  <message>
   <source>more often</source>
   <translation>öfter</translation>
  </message>
  <message>
   <source>motors off</source>
   <translation>Motoren aus</translation>
  </message>
  <message>
   <source>motors on</source>
   <translation>Motoren an</translation>
  </message>
  <message>
   <source>moving tours to the border</source>
   <translation>Touren an den Rand ziehen</translation>
  </message>
  <message>
   <source>new missions are being sent: wait until they are</source>
   <translation>neue Aufträge werden gerade geschickt: warten, bis es so weit ist</translation>
  </message>
  <message>
   <source>no connection to a ground station</source>
   <translation>keine Verbindung zu einer Bodenstation</translation>
  </message>
  <message>
   <source>no data from compass {0}</source>
   <translation>keine Daten von Kompass {0}</translation>
  </message>
  <message>
   <source>no division of these shares holds the starts of UAVs {0}: {1}; move the starts</source>
   <translation>keine Aufteilung mit diesen Anteilen enthält die Startpunkte der Drohnen {0}: {1}; Startpunkte verschieben</translation>
  </message>
  <message>
   <source>no global position</source>
   <translation>keine globale Position</translation>
  </message>
  <message>
   <source>no ground height at {0}, {1}: give a file that covers the whole area and the launch points</source>
   <translation>keine Bodenhöhe bei {0}, {1}: eine Datei wählen, die das ganze Gebiet und die Startpunkte abdeckt</translation>
  </message>
  <message>
   <source>no ground heights: the ground is drawn level</source>
   <translation>keine Bodenhöhen: der Boden ist eben gezeichnet</translation>
  </message>
  <message>
   <source>no heartbeat for {0} s</source>
   <translation>seit {0} s kein Lebenszeichen</translation>
  </message>
  <message>
   <source>no home position</source>
   <translation>keine Heimatposition</translation>
  </message>
  <message>
   <source>no legal way leads there from the rest of the region</source>
   <translation>kein erlaubter Weg führt vom Rest der Region dorthin</translation>
  </message>
  <message>
   <source>no legal way leads to this mega-cell</source>
   <translation>kein erlaubter Weg führt zu dieser Großzelle</translation>
  </message>
  <message>
   <source>no manual control</source>
   <translation>keine Handsteuerung</translation>
  </message>
  <message>
   <source>no mega-cell of {0} m fits into the area: give a smaller scan distance, or planner {1}</source>
   <translation>keine Großzelle von {0} m passt in das Gebiet: kleineren Linienabstand geben oder Planer {1}</translation>
  </message>
  <message>
   <source>no place on Earth; latitude, longitude as in 40.9302, 24.4090</source>
   <translation>kein Ort auf der Erde; Breite, Länge wie 40.9302, 24.4090</translation>
  </message>
  <message>
   <source>no second</source>
   <translation>kein zweiter</translation>
  </message>
  <message>
   <source>no terrain model: all heights are above the launch point of each UAV</source>
   <translation>kein Geländemodell: alle Höhen gelten über dem Startpunkt der Drohne</translation>
  </message>
  <message>
   <source>no valid angular velocity</source>
   <translation>keine gültige Drehrate</translation>
  </message>
  <message>
   <source>no valid attitude</source>
   <translation>keine gültige Lage</translation>
  </message>
  <message>
   <source>no valid global position estimate</source>
   <translation>keine gültige globale Positionsschätzung</translation>
  </message>
  <message>
   <source>no valid height estimate</source>
   <translation>keine gültige Höhenschätzung</translation>
  </message>
  <message>
   <source>no valid mission</source>
   <translation>keine gültige Mission</translation>
  </message>
  <message>
   <source>no valid position estimate</source>
   <translation>keine gültige Positionsschätzung</translation>
  </message>
  <message>
   <source>no-fly zone</source>
   <translation>Flugverbotszone</translation>
  </message>
  <message>
   <source>no-fly zone {0} begins at {1} m, above all flights</source>
   <translation>Flugverbotszone {0} beginnt in {1} m, über allen Flügen</translation>
  </message>
  <message>
   <source>no-fly zone {0} is waived: {1}</source>
   <translation>Flugverbotszone {0} ist aufgehoben: {1}</translation>
  </message>
  <message>
   <source>no-fly zone {0} lies outside the area: only transits heed it</source>
   <translation>Flugverbotszone {0} liegt außerhalb des Gebiets: nur An- und Abflüge achten auf sie</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>not connected</source>
   <translation>nicht verbunden</translation>
  </message>
  <message>
   <source>not covered</source>
   <translation>nicht abgedeckt</translation>
  </message>
  <message>
   <source>not heard yet</source>
   <translation>noch nicht gehört</translation>
  </message>
  <message>
   <source>not in multicopter mode</source>
   <translation>nicht im Schwebemodus</translation>
  </message>
  <message>
   <source>not ready for the mission: no position</source>
   <translation>nicht bereit für die Mission: keine Position</translation>
  </message>
  <message>
   <source>not started</source>
   <translation>nicht gestartet</translation>
  </message>
  <message>
   <source>not used</source>
   <translation>nicht benutzt</translation>
  </message>
  <message>
   <source>nothing was written to it</source>
   <translation>nichts wurde hineingeschrieben</translation>
  </message>
  <message>
   <source>now</source>
   <translation>jetzt</translation>
  </message>
  <message>
   <source>of aircraft</source>
   <translation>vom Fluggerät</translation>
  </message>
  <message>
   <source>once</source>
   <translation>einmal</translation>
  </message>
  <message>
   <source>one pass</source>
   <translation>nur einer</translation>
  </message>
  <message>
   <source>outside its fence! </source>
   <translation>außerhalb des Zauns! </translation>
  </message>
  <message>
   <source>outside the allowed space</source>
   <translation>außerhalb des erlaubten Raums</translation>
  </message>
  <message>
   <source>outside the fence</source>
   <translation>außerhalb des Zauns</translation>
  </message>
  <message>
   <source>outside the geofence</source>
   <translation>außerhalb des Geozauns</translation>
  </message>
  <message>
   <source>pause</source>
   <translation>anhalten</translation>
  </message>
  <message>
   <source>placement</source>
   <translation>Raster legen</translation>
  </message>
  <message>
   <source>planner {0} can not plan this: {1}</source>
   <translation>Planer {0} kann das nicht planen: {1}</translation>
  </message>
  <message>
   <source>planning what is missing</source>
   <translation>planen, was fehlt</translation>
  </message>
  <message>
   <source>point</source>
   <translation>Punkt</translation>
  </message>
  <message>
   <source>preview: {0} in the air</source>
   <translation>Vorschau: {0} in der Luft</translation>
  </message>
  <message>
   <source>problem.vehicles: their shares do not sum to 1</source>
   <translation>problem.vehicles: die Anteile ergeben zusammen nicht 1</translation>
  </message>
  <message>
   <source>radius</source>
   <translation>Radius</translation>
  </message>
  <message>
   <source>reading photos and logs</source>
   <translation>Fotos und Logs lesen</translation>
  </message>
  <message>
   <source>reading the mission</source>
   <translation>Mission lesen</translation>
  </message>
  <message>
   <source>regions of {0} and {1} share {2} m2</source>
   <translation>die Regionen von {0} und {1} überlappen auf {2} m²</translation>
  </message>
  <message>
   <source>report with map, figures and timeline, for any browser</source>
   <translation>Bericht mit Karte, Zahlen und Zeitverlauf, für jeden Browser</translation>
  </message>
  <message>
   <source>resume</source>
   <translation>weiter</translation>
  </message>
  <message>
   <source>return</source>
   <translation>Rückkehr</translation>
  </message>
  <message>
   <source>right</source>
   <translation>rechts</translation>
  </message>
  <message>
   <source>routes and regions for Google Earth</source>
   <translation>Wege und Regionen für Google Earth</translation>
  </message>
  <message>
   <source>routes, area and zones for handheld devices</source>
   <translation>Routen, Gebiet und Zonen für Handgeräte</translation>
  </message>
  <message>
   <source>routes, regions, no-fly zones and launch points</source>
   <translation>Wege, Regionen, Flugverbotszonen und Startpunkte</translation>
  </message>
  <message>
   <source>rtl</source>
   <translation>RTL</translation>
  </message>
  <message>
   <source>search</source>
   <translation>Suche</translation>
  </message>
  <message>
   <source>search pattern</source>
   <translation>Suchmuster</translation>
  </message>
  <message>
   <source>search: found with {0} % by the end, and if so after {1} in the mean, half of that by {2}</source>
   <translation>Suche: bis zum Ende mit {0} % gefunden, und dann im Mittel nach {1}, die Hälfte davon bis {2}</translation>
  </message>
  <message>
   <source>search: {0} % of the pattern's legs lie outside the area or in no-fly zones, and are not flown there</source>
   <translation>Suche: {0} % der Strecken des Musters liegen außerhalb des Gebiets oder in Flugverbotszonen und werden dort nicht geflogen</translation>
  </message>
  <message>
   <source>search: {0} % of the probability lies outside the area or in no-fly zones, where nothing is found</source>
   <translation>Suche: {0} % der Wahrscheinlichkeit liegen außerhalb des Gebiets oder in Flugverbotszonen, wo nichts gefunden wird</translation>
  </message>
  <message>
   <source>search: {0} m of the pattern are in no flight, the most of them on its leg {1}</source>
   <translation>Suche: {0} m des Musters sind in keinem Flug, die meisten davon auf Strecke {1}</translation>
  </message>
  <message>
   <source>separation: {0}</source>
   <translation>Abstand: {0}</translation>
  </message>
  <message>
   <source>shares of UAVs {0} can not be met by connected regions: only one region can pass {1}; use other shares or fewer UAVs</source>
   <translation>die Anteile der Drohnen {0} gehen mit zusammenhängenden Regionen nicht: nur eine Region kommt an {1} vorbei; andere Anteile oder weniger Drohnen nehmen</translation>
  </message>
  <message>
   <source>simulated, waiting</source>
   <translation>simuliert, wartet</translation>
  </message>
  <message>
   <source>so far</source>
   <translation>bisher</translation>
  </message>
  <message>
   <source>sortie {0} of {1}: {2} m above the ground, more than {3} ({4} m)</source>
   <translation>Flug {0} von {1}: {2} m über Grund, mehr als {3} ({4} m)</translation>
  </message>
  <message>
   <source>sortie {0} of {1}: {2} m above the ground, wanted {3} m or more</source>
   <translation>Flug {0} von {1}: {2} m über Grund, gewünscht {3} m oder mehr</translation>
  </message>
  <message>
   <source>spanning trees</source>
   <translation>Spannbäume</translation>
  </message>
  <message>
   <source>spots of their own, so far from the points that were given: {0}</source>
   <translation>eigene Plätze, so weit von den vorgegebenen Punkten: {0}</translation>
  </message>
  <message>
   <source>stands {0} m from its launch point, and others may launch from near there</source>
   <translation>steht {0} m von seinem Startpunkt, und andere starten vielleicht nahe davon</translation>
  </message>
  <message>
   <source>starting</source>
   <translation>beginnt</translation>
  </message>
  <message>
   <source>starts_at: it is missing: a forecast is held against a time, as {0}</source>
   <translation>starts_at: fehlt: Eine Vorhersage gilt für eine Zeit, wie {0}</translation>
  </message>
  <message>
   <source>strong magnetic interference</source>
   <translation>starke magnetische Störung</translation>
  </message>
  <message>
   <source>structure</source>
   <translation>Bauwerk</translation>
  </message>
  <message>
   <source>structure {0}: {1} % of the way past it is not flown at all {2} heights</source>
   <translation>Bauwerk {0}: {1} % des Wegs daran vorbei werden nicht in allen {2} Höhen geflogen</translation>
  </message>
  <message>
   <source>structure {0}: {1} % of the way past it lies in no-fly zones and is not flown</source>
   <translation>Bauwerk {0}: {1} % des Wegs daran vorbei liegen in Flugverbotszonen und werden nicht geflogen</translation>
  </message>
  <message>
   <source>structure {0}: {1}, {2} m from it, {3} m long</source>
   <translation>Bauwerk {0}: {1}, {2} m davon entfernt, {3} m lang</translation>
  </message>
  <message>
   <source>structures</source>
   <translation>Bauwerke</translation>
  </message>
  <message>
   <source>structures are flown along: leave it out</source>
   <translation>Bauwerken wird entlang geflogen: weglassen</translation>
  </message>
  <message>
   <source>survey</source>
   <translation>Befliegung</translation>
  </message>
  <message>
   <source>survey lines</source>
   <translation>Messlinien</translation>
  </message>
  <message>
   <source>sweep</source>
   <translation>Bahnen</translation>
  </message>
  <message>
   <source>take-off</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>termination</source>
   <translation>Abbruch</translation>
  </message>
  <message>
   <source>the UAVs have different line spacings</source>
   <translation>die Drohnen haben verschiedene Linienabstände</translation>
  </message>
  <message>
   <source>the UAVs have different line spacings, and its grid has one</source>
   <translation>die Drohnen haben verschiedene Linienabstände, sein Raster hat nur einen</translation>
  </message>
  <message>
   <source>the aircraft's number is not known, which DJI Pilot 2 wants</source>
   <translation>die Nummer des Geräts, die DJI Pilot 2 verlangt, ist nicht bekannt</translation>
  </message>
  <message>
   <source>the autopilot or app of each UAV</source>
   <translation>der Autopilot oder die App jedes UAV</translation>
  </message>
  <message>
   <source>the fleet lands at {0} with the shares that were asked; with shares of its own it would land at about {1}</source>
   <translation>die Flotte landet um {0} mit den gewünschten Anteilen; mit eigenen Anteilen würde sie etwa um {1} landen</translation>
  </message>
  <message>
   <source>the grid contradicts itself: {0} wrong neighbours</source>
   <translation>das Raster widerspricht sich: {0} falsche Nachbarn</translation>
  </message>
  <message>
   <source>the grid contradicts itself: {0} wrong neighbours, and a cell is listed twice</source>
   <translation>das Raster widerspricht sich: {0} falsche Nachbarn, und eine Zelle steht doppelt</translation>
  </message>
  <message>
   <source>the ground is not of corridors alone</source>
   <translation>das Gebiet besteht nicht nur aus Korridoren</translation>
  </message>
  <message>
   <source>the line crosses or touches itself: cut it into several facades</source>
   <translation>die Linie kreuzt oder berührt sich: in mehrere Fassaden teilen</translation>
  </message>
  <message>
   <source>the new plan has no flight for it</source>
   <translation>der neue Plan hat keinen Flug für sie</translation>
  </message>
  <message>
   <source>the plan: {0}</source>
   <translation>der Plan: {0}</translation>
  </message>
  <message>
   <source>the rest can not be divided safely ({0}): call them home</source>
   <translation>Der Rest lässt sich nicht sicher aufteilen ({0}): alle zurückrufen</translation>
  </message>
  <message>
   <source>the safety button is not pressed</source>
   <translation>der Sicherheitsknopf ist nicht gedrückt</translation>
  </message>
  <message>
   <source>there is no file {0}</source>
   <translation>es gibt keine Datei {0}</translation>
  </message>
  <message>
   <source>there is only sea, taken as 0 m, where there is no {0}</source>
   <translation>wo es {0} nicht gibt, ist nur Meer, als 0 m genommen</translation>
  </message>
  <message>
   <source>they are flown in a mission of their own: leave area and corridors out</source>
   <translation>sie werden in einer eigenen Mission geflogen: Gebiet und Korridore weglassen</translation>
  </message>
  <message>
   <source>they are for ground: leave them out of a mission of structures</source>
   <translation>sie gelten für Boden: in einer Mission für Bauwerke weglassen</translation>
  </message>
  <message>
   <source>those in the air are up to {0} s beside the times of its start, the plan allows {1} s: divide the rest again</source>
   <translation>die in der Luft liegen bis zu {0} s neben den Zeiten ihres Starts, der Plan erlaubt {1} s: den Rest noch einmal aufteilen</translation>
  </message>
  <message>
   <source>through no-fly zone {0}</source>
   <translation>durch Flugverbotszone {0}</translation>
  </message>
  <message>
   <source>to item {0}</source>
   <translation>zu Punkt {0}</translation>
  </message>
  <message>
   <source>to survey</source>
   <translation>zu befliegen</translation>
  </message>
  <message>
   <source>too few GPS satellites</source>
   <translation>zu wenige GPS-Satelliten</translation>
  </message>
  <message>
   <source>too little flight time left</source>
   <translation>zu wenig Flugzeit übrig</translation>
  </message>
  <message>
   <source>transit</source>
   <translation>Anflug</translation>
  </message>
  <message>
   <source>twice</source>
   <translation>zweimal</translation>
  </message>
  <message>
   <source>uavs: the shares {0} sum to {1}, not to 1</source>
   <translation>Drohnen: die Anteile {0} ergeben {1}, nicht 1</translation>
  </message>
  <message>
   <source>uavs: there is none: list at least one</source>
   <translation>Drohnen: keine da: mindestens eine hinzufügen</translation>
  </message>
  <message>
   <source>uavs: {0} of {1} have a share: give one to all or to none</source>
   <translation>Drohnen: {0} von {1} haben einen Anteil: allen oder keiner einen geben</translation>
  </message>
  <message>
   <source>udp:HOST:PORT, tcp:HOST:PORT or serial:DEVICE:BAUD</source>
   <translation>udp:HOST:PORT, tcp:HOST:PORT oder serial:GERÄT:BAUD</translation>
  </message>
  <message>
   <source>unnamed mission</source>
   <translation>unbenannte Mission</translation>
  </message>
  <message>
   <source>vertical velocity unstable</source>
   <translation>senkrechte Geschwindigkeit unstet</translation>
  </message>
  <message>
   <source>waits on the ground: {0} has not taken its new mission: divide the rest again</source>
   <translation>wartet am Boden: {0} hat den neuen Auftrag nicht angenommen: den Rest noch einmal aufteilen</translation>
  </message>
  <message>
   <source>way of all</source>
   <translation>Weg aller</translation>
  </message>
  <message>
   <source>waypoints with their times</source>
   <translation>Wegpunkte mit Zeiten</translation>
  </message>
  <message>
   <source>whatever their heights</source>
   <translation>gleich in welchen Höhen</translation>
  </message>
  <message>
   <source>whole area</source>
   <translation>ganzes Gebiet</translation>
  </message>
  <message>
   <source>whole line</source>
   <translation>ganze Linie</translation>
  </message>
  <message>
   <source>with a battery that lasts {0} (reserve taken off) the fleet would land at about {1}, not {2}</source>
   <translation>mit einem Akku, der {0} hält (ohne Reserve), würde die Flotte etwa um {1} landen, nicht um {2}</translation>
  </message>
  <message>
   <source>with less than {0} m between their heights</source>
   <translation>bei weniger als {0} m Höhenabstand</translation>
  </message>
  <message>
   <source>with spots of their own (--spots)</source>
   <translation>mit eigenen Plätzen (--spots)</translation>
  </message>
  <message>
   <source>within {0} m on the map never less than {1} m apart in height ({2} and {3}, at {4} s)</source>
   <translation>innerhalb von {0} m auf der Karte nie weniger als {1} m Höhenabstand ({2} und {3}, nach {4} s)</translation>
  </message>
  <message>
   <source>{0!r} is not {1}</source>
   <translation>{0!r} ist nicht {1}</translation>
  </message>
  <message>
   <source>{0!r}: use letters, digits, - _ and . without spaces</source>
   <translation>{0!r}: Buchstaben, Ziffern, - _ und . ohne Leerzeichen verwenden</translation>
  </message>
  <message>
   <source>{0} % flown</source>
   <translation>{0} % geflogen</translation>
  </message>
  <message>
   <source>{0} % left</source>
   <translation>noch {0} %</translation>
  </message>
  <message>
   <source>{0} % of the ground is seen by fewer than {1} photos, the worst of it by {2}; all but 5 % by {3} or more</source>
   <translation>{0} % des Bodens sind auf weniger als {1} Fotos, der schlechteste auf {2}; alle bis auf 5 % auf {3} oder mehr</translation>
  </message>
  <message>
   <source>{0} (link lost: nothing heard for {1} s)</source>
   <translation>{0} (Verbindung weg: seit {1} s nichts gehört)</translation>
  </message>
  <message>
   <source>{0} The straight way may lead through no-fly zones.</source>
   <translation>{0} Der gerade Weg kann durch Flugverbotszonen führen.</translation>
  </message>
  <message>
   <source>{0} UAVs but only {1} cells to divide: use {2} UAVs or a smaller scan distance</source>
   <translation>{0} Drohnen, aber nur {1} Zellen zum Aufteilen: {2} Drohnen oder kleineren Linienabstand nehmen</translation>
  </message>
  <message>
   <source>{0} UAVs, {1} flights</source>
   <translation>{0} Drohnen, {1} Flüge</translation>
  </message>
  <message>
   <source>{0} above ground</source>
   <translation>{0} über Boden</translation>
  </message>
  <message>
   <source>{0} above the ground</source>
   <translation>{0} über dem Boden</translation>
  </message>
  <message>
   <source>{0} above the launch point</source>
   <translation>{0} über dem Startpunkt</translation>
  </message>
  <message>
   <source>{0} and {1}: {2} m apart {3}, about {4} s after the start, with one early and the other late; wanted {5} m</source>
   <translation>{0} und {1}: {2} m auseinander {3}, etwa {4} s nach dem Start, wenn eine früh und die andere spät ist; gewünscht {5} m</translation>
  </message>
  <message>
   <source>{0} can not be read as a GeoTIFF: {1}</source>
   <translation>{0} lässt sich nicht als GeoTIFF lesen: {1}</translation>
  </message>
  <message>
   <source>{0} compasses found, {1} needed</source>
   <translation>{0} Kompasse gefunden, {1} nötig</translation>
  </message>
  <message>
   <source>{0} does not cover the area</source>
   <translation>{0} deckt das Gebiet nicht ab</translation>
  </message>
  <message>
   <source>{0} errors: not safe to export. See the checks below.</source>
   <translation>{0} Fehler: nicht sicher. Siehe die Prüfungen unten.</translation>
  </message>
  <message>
   <source>{0} files written to {1}</source>
   <translation>{0} Dateien nach {1} geschrieben</translation>
  </message>
  <message>
   <source>{0} flies multirotors, and no {1}</source>
   <translation>{0} fliegt Multikopter und kein Gerät der Art {1}</translation>
  </message>
  <message>
   <source>{0} forbids fetching ahead. What you see is kept; for more, open an MBTiles file.</source>
   <translation>{0} verbietet Vorausladen. Gesehenes bleibt gespeichert; für mehr eine MBTiles-Datei öffnen.</translation>
  </message>
  <message>
   <source>{0} has no coordinate system: assign one</source>
   <translation>{0} hat kein Koordinatensystem: eines zuweisen</translation>
  </message>
  <message>
   <source>{0} in the air</source>
   <translation>{0} in der Luft</translation>
  </message>
  <message>
   <source>{0} is missing</source>
   <translation>{0} fehlt</translation>
  </message>
  <message>
   <source>{0} is missing: {1}</source>
   <translation>{0} fehlt: {1}</translation>
  </message>
  <message>
   <source>{0} is not on its way home. Let it fly straight?</source>
   <translation>{0} ist nicht auf dem Heimweg. Geradeaus fliegen lassen?</translation>
  </message>
  <message>
   <source>{0} is still given its mission: wait for it</source>
   <translation>{0} bekommt noch ihren Auftrag: darauf warten</translation>
  </message>
  <message>
   <source>{0} items uploaded and verified</source>
   <translation>{0} Punkte hochgeladen und geprüft</translation>
  </message>
  <message>
   <source>{0} lands {1} before the last</source>
   <translation>{0} landet {1} vor dem letzten</translation>
  </message>
  <message>
   <source>{0} legs are shorter than {1} m, which {2} refuses: simplify the area's border</source>
   <translation>{0} Strecken sind kürzer als {1} m, was {2} ablehnt: den Rand des Gebiets vereinfachen</translation>
  </message>
  <message>
   <source>{0} m apart</source>
   <translation>{0} m auseinander</translation>
  </message>
  <message>
   <source>{0} m apart they need not wait for each other, and with spots of their own (--spots) they are put there</source>
   <translation>mit {0} m Abstand müssen sie nicht aufeinander warten, und mit eigenen Plätzen (--spots) werden sie dorthin gesetzt</translation>
  </message>
  <message>
   <source>{0} m farther outside the area</source>
   <translation>{0} m weiter außerhalb des Gebiets</translation>
  </message>
  <message>
   <source>{0} m is below {1} ({2} m)</source>
   <translation>{0} m ist unter {1} ({2} m)</translation>
  </message>
  <message>
   <source>{0} m2 are left out: {1}</source>
   <translation>{0} m² bleiben aus: {1}</translation>
  </message>
  <message>
   <source>{0} of {1} UAVs land {2} to {3} before the last: {4}</source>
   <translation>{0} von {1} Drohnen landen {2} bis {3} vor der letzten: {4}</translation>
  </message>
  <message>
   <source>{0} of {1} have spots of their own, for {2} no room was found: draw an area for the crew with more room, or give points farther apart</source>
   <translation>{0} von {1} haben eigene Plätze, für {2} war kein Raum: ein Gebiet für die Mannschaft mit mehr Raum zeichnen, oder Punkte weiter auseinander setzen</translation>
  </message>
  <message>
   <source>{0} of {1} have spots of their own: fixed wings stay where they were put; give each its own point</source>
   <translation>{0} von {1} haben eigene Plätze: Starrflügler bleiben, wohin sie gesetzt sind; jedem einen eigenen Punkt geben</translation>
  </message>
  <message>
   <source>{0} of {1} with motors on</source>
   <translation>{0} von {1} mit laufenden Motoren</translation>
  </message>
  <message>
   <source>{0} or more</source>
   <translation>{0} oder mehr</translation>
  </message>
  <message>
   <source>{0} passes at {1} to {2} m</source>
   <translation>{0} Vorbeiflüge in {1} bis {2} m</translation>
  </message>
  <message>
   <source>{0} places are needed, {1} are there</source>
   <translation>{0} Orte sind nötig, {1} sind da</translation>
  </message>
  <message>
   <source>{0} stops at each waypoint, which the times do not count: give the aircraft the motion {1}</source>
   <translation>{0} hält an jedem Wegpunkt, was die Zeiten nicht zählen: dem Gerät die Bewegung {1} geben</translation>
  </message>
  <message>
   <source>{0} takes no photos by distance, and its timer none every {1} m at {2} m/s: survey at {3} m/s or slower, or trigger 'hover'</source>
   <translation>{0} nimmt keine Fotos nach Strecke auf und sein Timer keines alle {1} m bei {2} m/s: mit {3} m/s oder langsamer aufnehmen, oder Auslöser 'hover'</translation>
  </message>
  <message>
   <source>{0} takes no photos by distance: start its timer at {1} s before the first line by hand, or plan with trigger 'hover'</source>
   <translation>{0} nimmt keine Fotos nach Strecke auf: seinen Timer mit {1} s vor der ersten Bahn von Hand starten, oder mit Auslöser 'hover' planen</translation>
  </message>
  <message>
   <source>{0} to {1}</source>
   <translation>{0} bis {1}</translation>
  </message>
  <message>
   <source>{0} wide</source>
   <translation>{0} breit</translation>
  </message>
  <message>
   <source>{0}, as without the map</source>
   <translation>{0}, wie ohne die Karte</translation>
  </message>
  <message>
   <source>{0}, likeliest ground first</source>
   <translation>{0}, wahrscheinlichster Boden zuerst</translation>
  </message>
  <message>
   <source>{0}, likeliest lines first</source>
   <translation>{0}, wahrscheinlichste Linien zuerst</translation>
  </message>
  <message>
   <source>{0}, system {1}</source>
   <translation>{0}, System {1}</translation>
  </message>
  <message>
   <source>{0}, {1}: they leave no room to fly: make them smaller</source>
   <translation>{0}, {1}: lassen keinen Platz zum Fliegen: verkleinern</translation>
  </message>
  <message>
   <source>{0}: a point or time is not a number, or is absurdly far from the area</source>
   <translation>{0}: ein Punkt oder eine Zeit ist keine Zahl oder unsinnig weit vom Gebiet</translation>
  </message>
  <message>
   <source>{0}: a straight return by radio loss would cross a no-fly zone from {1} % of its way: have it hold or land instead, or move its start</source>
   <translation>{0}: eine gerade Rückkehr bei Funkverlust führte von {1} % seines Weges durch eine Flugverbotszone: es soll stattdessen halten oder landen, oder der Start gehört woandershin</translation>
  </message>
  <message>
   <source>{0}: a straight return by radio loss would cross a no-fly zone from {1} % of its way: rally points go with the mission, where it lands instead</source>
   <translation>{0}: eine gerade Rückkehr bei Funkverlust führte von {1} % seines Weges durch eine Flugverbotszone: Ausweichpunkte gehören zur Mission, dort landet es stattdessen</translation>
  </message>
  <message>
   <source>{0}: another UAV has this name</source>
   <translation>{0}: eine andere Drohne heißt so</translation>
  </message>
  <message>
   <source>{0}: at {1}, side overlap {2}, surveys at {3}</source>
   <translation>{0}: in {1}, seitliche Überlappung {2}, Tempo {3}</translation>
  </message>
  <message>
   <source>{0}: byte {1} is not UTF-8 text</source>
   <translation>{0}: Byte {1} ist kein UTF-8-Text</translation>
  </message>
  <message>
   <source>{0}: choose one of {1}</source>
   <translation>{0}: eines wählen aus {1}</translation>
  </message>
  <message>
   <source>{0}: ground from {1} to {2} m above sea, of {3}</source>
   <translation>{0}: Boden von {1} bis {2} m über dem Meer, aus {3}</translation>
  </message>
  <message>
   <source>{0}: it can not be read: {1}</source>
   <translation>{0}: nicht lesbar: {1}</translation>
  </message>
  <message>
   <source>{0}: it can not be written: {1}</source>
   <translation>{0}: nicht schreibbar: {1}</translation>
  </message>
  <message>
   <source>{0}: it does not fly the legs of the search pattern in their order</source>
   <translation>{0}: fliegt die Strecken des Suchmusters nicht in ihrer Reihenfolge</translation>
  </message>
  <message>
   <source>{0}: it flies at night: the sun is {1} degrees down at {2}</source>
   <translation>{0}: Der Flug ist bei Nacht: Die Sonne steht um {2} {1} Grad unter dem Horizont</translation>
  </message>
  <message>
   <source>{0}: it flies in civil twilight: the sun is {1} degrees down at {2}</source>
   <translation>{0}: Der Flug ist in der bürgerlichen Dämmerung: Die Sonne steht um {2} {1} Grad unter dem Horizont</translation>
  </message>
  <message>
   <source>{0}: it has no polygon that could be the area</source>
   <translation>{0}: kein Vieleck darin, das das Gebiet sein könnte</translation>
  </message>
  <message>
   <source>{0}: it has no route and stays on the ground</source>
   <translation>{0}: hat keinen Weg und bleibt am Boden</translation>
  </message>
  <message>
   <source>{0}: it is missing</source>
   <translation>{0}: fehlt</translation>
  </message>
  <message>
   <source>{0}: it is {1} km from the area: give a place within {2} km (the order is longitude, latitude)</source>
   <translation>{0}: {1} km vom Gebiet entfernt: einen Ort innerhalb von {2} km geben (zuerst Länge, dann Breite)</translation>
  </message>
  <message>
   <source>{0}: it lies in no-fly zones: give ground outside them</source>
   <translation>{0}: liegt in Flugverbotszonen: einen Platz außerhalb angeben</translation>
  </message>
  <message>
   <source>{0}: it lies in the no-fly zone {1} with its buffer of {2} m: move it out</source>
   <translation>{0}: liegt in der Flugverbotszone {1} mit ihrem Abstand von {2} m: herausziehen</translation>
  </message>
  <message>
   <source>{0}: it lies in the no-fly zone {1}: move it out</source>
   <translation>{0}: liegt in der Flugverbotszone {1}: herausziehen</translation>
  </message>
  <message>
   <source>{0}: it lies {1} m from the area: of each flight of {2} {3} go into the way there and back, {4} % of a battery; from within {5} m it takes {6} %</source>
   <translation>{0}: liegt {1} m vom Gebiet entfernt: von jedem Flug von {2} kosten Hin- und Rückweg {3}, das sind {4} % eines Akkus; aus höchstens {5} m Entfernung sind es {6} %</translation>
  </message>
  <message>
   <source>{0}: it lies {1} m from the area: {2} needs {3} s for the way there and back, its usable endurance is {4} s: give ground within {5} m, or aircraft that fly farther</source>
   <translation>{0}: liegt {1} m vom Gebiet entfernt: {2} braucht {3} s für Hin- und Rückweg und kann {4} s fliegen: einen Platz in höchstens {5} m Entfernung angeben oder Luftfahrzeuge, die weiter fliegen</translation>
  </message>
  <message>
   <source>{0}: it passes over no-fly zone {1} at {2} m, {3} m are needed: its geofence leaves the zone open</source>
   <translation>{0}: Der Flug führt in {2} m über die Flugverbotszone {1}, nötig sind {3} m: Der Geofence lässt die Zone offen</translation>
  </message>
  <message>
   <source>{0} stays on the ground: it shares its launch point with {1}, and with one more to take turns there the fleet would land later; {2} the fleet would land at about {3}</source>
   <translation>{0} bleibt am Boden: es teilt seinen Startpunkt mit {1}, und mit einem mehr, das dort an die Reihe kommt, landete die Flotte später; {2} landete die Flotte bei etwa {3}</translation>
  </message>
  <message>
   <source>{0} stays on the ground: no division that was tried lets the fleet land earlier with it</source>
   <translation>{0} bleibt am Boden: keine versuchte Aufteilung lässt die Flotte mit ihm früher landen</translation>
  </message>
  <message>
   <source>{0}: it shares its launch point with {1}, and they land there one after another; {2} the fleet would land at about {3}</source>
   <translation>{0}: es teilt seinen Startpunkt mit {1}, und sie landen dort nacheinander; {2} landete die Flotte bei etwa {3}</translation>
  </message>
  <message>
   <source>{0}: its points, legs and times do not fit together</source>
   <translation>{0}: Punkte, Wegstücke und Zeiten passen nicht zusammen</translation>
  </message>
  <message>
   <source>{0}: its region falls into {1} parts</source>
   <translation>{0}: die Region zerfällt in {1} Teile</translation>
  </message>
  <message>
   <source>{0}: its region is in {1} parts</source>
   <translation>{0}: die Region hat {1} Teile</translation>
  </message>
  <message>
   <source>{0}: its region lies on {1} parts of the ground that no cell joins</source>
   <translation>{0}: die Region liegt auf {1} Teilen des Bodens, die keine Zelle verbindet</translation>
  </message>
  <message>
   <source>{0}: its region of {1} m2 leaves no room to fly</source>
   <translation>{0}: die Region von {1} m² lässt keinen Platz zum Fliegen</translation>
  </message>
  <message>
   <source>{0}: its route passes by {1} of its {2} cells</source>
   <translation>{0}: der Weg lässt {1} von {2} Zellen aus</translation>
  </message>
  <message>
   <source>{0}: its {1} is {2} m from the place in the mission</source>
   <translation>{0}: {1} liegt {2} m vom Ort in der Mission</translation>
  </message>
  <message>
   <source>{0}: its {1} lies {2} m from the one that was given: {3}</source>
   <translation>{0}: {1} liegt {2} m vom vorgegebenen: {3}</translation>
  </message>
  <message>
   <source>{0}: its {1} lies {2} m outside the area where the crew can stand</source>
   <translation>{0}: sein {1} liegt {2} m außerhalb des Platzes für die Mannschaft</translation>
  </message>
  <message>
   <source>{0}: kind: its legs are not in the order take-off, way, work, return, landing</source>
   <translation>{0}: kind: die Strecken folgen nicht als Start, Hinweg, Arbeit, Rückweg, Landung aufeinander</translation>
  </message>
  <message>
   <source>{0}: kind: {1}: a leg has a kind of 0 to {2}</source>
   <translation>{0}: kind: {1}: eine Strecke hat eine Art von 0 bis {2}</translation>
  </message>
  <message>
   <source>{0}: lands after {1}, planned before: {2}</source>
   <translation>{0}: landet nach {1}, vorher geplant: {2}</translation>
  </message>
  <message>
   <source>{0}: launch point chosen at latitude {1}, longitude {2}</source>
   <translation>{0}: Startpunkt gewählt bei Breite {1}, Länge {2}</translation>
  </message>
  <message>
   <source>{0}: launch point chosen by mcpp</source>
   <translation>{0}: Startpunkt von mcpp gewählt</translation>
  </message>
  <message>
   <source>{0}: lines are {1} m apart, a photo covers {2} m: there are gaps</source>
   <translation>{0}: Linien liegen {1} m auseinander, ein Foto deckt {2} m: es bleiben Lücken</translation>
  </message>
  <message>
   <source>{0}: lost</source>
   <translation>{0}: verloren</translation>
  </message>
  <message>
   <source>{0}: no limit of its own keeps it from more, but no other division that was tried lets the fleet land earlier; planning with --effort best may</source>
   <translation>{0}: keine eigene Grenze hält es von mehr ab, aber keine andere versuchte Aufteilung lässt die Flotte früher landen; Planen mit --effort best vielleicht</translation>
  </message>
  <message>
   <source>{0}: no way from it to the area: no-fly zones shut it in; move it</source>
   <translation>{0}: kein Weg von dort zum Gebiet: Flugverbotszonen schließen ihn ein; verschieben</translation>
  </message>
  <message>
   <source>{0}: none is given, and {1} ({2}) has no camera from which it could follow: give one</source>
   <translation>{0}: nicht gegeben, und {1} ({2}) hat keine Kamera, aus der er folgt: einen geben</translation>
  </message>
  <message>
   <source>{0}: not JSON: line {1}, column {2}: {3}</source>
   <translation>{0}: kein JSON: Zeile {1}, Spalte {2}: {3}</translation>
  </message>
  <message>
   <source>{0}: offline, showing kept tiles</source>
   <translation>{0}: ohne Netz, zeigt gespeicherte Kacheln</translation>
  </message>
  <message>
   <source>{0}: only a multirotor flies along structures</source>
   <translation>{0}: nur ein Multikopter fliegt an Bauwerken entlang</translation>
  </message>
  <message>
   <source>{0}: photos blur above {1} m/s at 1/{2} s; it surveys at {3} m/s</source>
   <translation>{0}: Fotos verwischen über {1} m/s bei 1/{2} s; geflogen wird mit {3} m/s</translation>
  </message>
  <message>
   <source>{0}: rain of {1} mm/h is forecast</source>
   <translation>{0}: Regen von {1} mm/h ist vorhergesagt</translation>
  </message>
  <message>
   <source>{0}: share wanted {1}, given {2}</source>
   <translation>{0}: Anteil gewünscht {1}, gegeben {2}</translation>
  </message>
  <message>
   <source>{0}: speed_m_s: {1} m/s off what its legs and the mission give</source>
   <translation>{0}: speed_m_s: {1} m/s neben dem, was Strecken und Auftrag ergeben</translation>
  </message>
  <message>
   <source>{0}: that is less than one more survey line takes it, {1}</source>
   <translation>{0}: das ist weniger, als eine weitere Linie braucht, {1}</translation>
  </message>
  <message>
   <source>{0}: the file is empty: give a mission, an area in GeoJSON or a plan</source>
   <translation>{0}: die Datei ist leer: eine Mission, ein Gebiet als GeoJSON oder einen Plan geben</translation>
  </message>
  <message>
   <source>{0}: the file is not there any more</source>
   <translation>{0}: die Datei gibt es nicht mehr</translation>
  </message>
  <message>
   <source>{0}: the forecast does not hold from {1} to {2}</source>
   <translation>{0}: Für {1} bis {2} gilt die Wettervorhersage nicht</translation>
  </message>
  <message>
   <source>{0}: the polygon encloses no area: its points lie in a line, or at one place</source>
   <translation>{0}: das Vieleck umschließt keine Fläche: seine Punkte liegen auf einer Linie oder an einem Ort</translation>
  </message>
  <message>
   <source>{0}: the sun is {1} degrees high at {2}: long shadows in the photos; {3} degrees or more are usual for mapping</source>
   <translation>{0}: Die Sonne steht um {2} {1} Grad hoch: lange Schatten in den Fotos; zum Kartieren sind {3} Grad oder mehr üblich</translation>
  </message>
  <message>
   <source>{0}: their launch or landing points are down to {1} m apart: take-offs and landings there come {2} s apart, and the place has to be cleared in between; {3}</source>
   <translation>{0}: ihre Start- oder Landepunkte liegen nur {1} m auseinander: Starts und Landungen dort kommen {2} s nacheinander, und der Platz ist dazwischen zu räumen; {3}</translation>
  </message>
  <message>
   <source>{0}: there is no such file</source>
   <translation>{0}: diese Datei gibt es nicht</translation>
  </message>
  <message>
   <source>{0}: they cover the whole area: leave some ground to survey</source>
   <translation>{0}: bedecken das ganze Gebiet: etwas zum Befliegen übrig lassen</translation>
  </message>
  <message>
   <source>{0}: time_s: {1} s off what its legs and the mission give: plan it again</source>
   <translation>{0}: time_s: {1} s neben dem, was Strecken und Auftrag ergeben: neu planen</translation>
  </message>
  <message>
   <source>{0}: wind of {1} m/s at its height at {2}: its times and battery are planned with {3} m/s</source>
   <translation>{0}: um {2} in Flughöhe Wind von {1} m/s: Zeiten und Akku sind mit {3} m/s geplant</translation>
  </message>
  <message>
   <source>{0}: wind of {1} m/s is above the {2} m/s that {3} is flown in</source>
   <translation>{0}: Wind von {1} m/s liegt über den {2} m/s, in denen {3} geflogen wird</translation>
  </message>
  <message>
   <source>{0}: wind of {1} m/s, gusts of {2} m/s at its height at {3}: its aircraft's limit is {4} m/s</source>
   <translation>{0}: um {3} in Flughöhe Wind von {1} m/s, Böen von {2} m/s: Die Grenze des Fluggeräts ist {4} m/s</translation>
  </message>
  <message>
   <source>{0}: xyz_m: {1}</source>
   <translation>{0}: xyz_m: {1}</translation>
  </message>
  <message>
   <source>{0}: {1}</source>
   <translation>{0}: {1}</translation>
  </message>
  <message>
   <source>{0}: {1} % of its survey lines run at {2} degrees from north as asked</source>
   <translation>{0}: {1} % der Vermessungslinien verlaufen wie gewünscht {2} Grad von Nord</translation>
  </message>
  <message>
   <source>{0}: {1} % of the ground away from the border is farther than {2} m from all lines ({3} m between them were asked for)</source>
   <translation>{0}: {1} % des Bodens abseits der Grenze liegen weiter als {2} m von allen Linien (gewünscht waren {3} m zwischen ihnen)</translation>
  </message>
  <message>
   <source>{0}: {1} % of the ground away from the border is farther than {2} m from all lines ({3} m between them were asked for), the next line is {4} m away at most</source>
   <translation>{0}: {1} % des Bodens abseits der Grenze liegen weiter als {2} m von allen Linien (gewünscht waren {3} m zwischen ihnen), die nächste Linie höchstens {4} m weit</translation>
  </message>
  <message>
   <source>{0}: {1} ({2}) has no camera to reach it: name one</source>
   <translation>{0}: {1} ({2}) hat keine Kamera dafür: eine wählen</translation>
  </message>
  <message>
   <source>{0}: {1} degrees Celsius are forecast: batteries last less long than planned</source>
   <translation>{0}: {1} Grad Celsius sind vorhergesagt: Akkus halten kürzer als geplant</translation>
  </message>
  <message>
   <source>{0}: {1} does not follow from the mission, which gives {2}</source>
   <translation>{0}: {1} folgt nicht aus dem Auftrag, der {2} ergibt</translation>
  </message>
  <message>
   <source>{0}: {1} full at {2} % of the ground, and one more flight would end later than all; {3}</source>
   <translation>{0}: {1} bei {2} % der Fläche ausgelastet, und ein weiterer Flug würde als letzter enden; {3}</translation>
  </message>
  <message>
   <source>{0}: {1} keeps up with a photo every {2} m to {3} m/s; it surveys at {4} m/s</source>
   <translation>{0}: {1} schafft ein Foto alle {2} m bis {3} m/s; geflogen wird mit {4} m/s</translation>
  </message>
  <message>
   <source>{0}: {1} m is above {2} ({3} m)</source>
   <translation>{0}: {1} m liegt über {2} ({3} m)</translation>
  </message>
  <message>
   <source>{0}: {1} m is larger than the area ({2} m x {3} m): give at most {4} m</source>
   <translation>{0}: {1} m ist größer als das Gebiet ({2} m x {3} m): höchstens {4} m geben</translation>
  </message>
  <message>
   <source>{0}: {1} m makes {2} cells of this area: give a larger one</source>
   <translation>{0}: {1} m macht {2} Zellen aus diesem Gebiet: mehr geben</translation>
  </message>
  <message>
   <source>{0}: {1} m of its route are in no sortie</source>
   <translation>{0}: {1} m des Weges sind in keinem Flug</translation>
  </message>
  <message>
   <source>{0}: {1} m of survey lie outside its region</source>
   <translation>{0}: {1} m der Aufnahme liegen außerhalb der Region</translation>
  </message>
  <message>
   <source>{0}: {1} m run {2}</source>
   <translation>{0}: {1} m verlaufen {2}</translation>
  </message>
  <message>
   <source>{0}: {1} needs a camera: name one in {2}.camera</source>
   <translation>{0}: {1} braucht eine Kamera: eine wählen ({2})</translation>
  </message>
  <message>
   <source>{0}: {1} s in the air, with an endurance of {2} s</source>
   <translation>{0}: {1} s in der Luft bei einer Akkulaufzeit von {2} s</translation>
  </message>
  <message>
   <source>{0}: {1} sorties on {2} batteries, each charged in {3}{4}: it waits {5} for them; with {6} it would land that much earlier</source>
   <translation>{0}: {1} Flüge mit {2} Akkus, je {3} Ladezeit{4}: es wartet {5} darauf; mit {6} würde es um so viel früher landen</translation>
  </message>
  <message>
   <source>{0}: {1} sorties on {2} batteries, one of which is charged for {3} only, and takes {4}</source>
   <translation>{0}: {1} Flüge mit {2} Akkus, von denen einer nur {3} lädt und {4} braucht</translation>
  </message>
  <message>
   <source>{0}: {1} turns, {2} of survey lines, {3} in the air, share asked {4}</source>
   <translation>{0}: {1} Kurven, {2} Fluglinien, {3} in der Luft, gewünschter Anteil {4}</translation>
  </message>
  <message>
   <source>{0}: {1} {2} is outside {3}..{4} {5}</source>
   <translation>{0}: {1} {2} liegt außerhalb von {3}..{4} {5}</translation>
  </message>
  <message>
   <source>{0}: {1}, which lands last, waits {2} before its take-off until the ways of others are clear</source>
   <translation>{0}: {1}, das zuletzt landet, wartet vor dem Start {2}, bis die Wege der anderen frei sind</translation>
  </message>
  <message>
   <source>{0}: {1}, {2} of {3} photos</source>
   <translation>{0}: {1}, {2} von {3} Fotos</translation>
  </message>
  <message>
   <source>{0}: {1}: give date, time and offset from UTC, as in {2}, or with Z for UTC</source>
   <translation>{0}: {1}: Datum, Uhrzeit und Abstand von UTC angeben, wie in {2}, oder mit Z für UTC</translation>
  </message>
 </context>
</TS>
