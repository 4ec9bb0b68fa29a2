import "./styles/catalogue.css";
import "../lesson/catalogue-element";
import "./theme-button";
import { followTheme } from "./theme";

followTheme();
